import { languageOfFile } from '../../core/languages/registry.ts';
import type { Token } from '../../core/search/language.ts';

/** A file's text in tokens that make it up again when joined; one plain token where its ending tells no language. */
export function highlight(path: string, text: string): readonly Token[] {
  return languageOfFile(path)?.highlight(text) ?? [{ kind: 'plain', text }];
}

/** Tokens line by line; a token that spans several lines is split. */
export function tokenLines(tokens: readonly Token[]): Token[][] {
  const lines: Token[][] = [[]];
  for (const { kind, text } of tokens) {
    for (const [i, piece] of text.split('\n').entries()) {
      if (i > 0) lines.push([]);
      if (piece) lines.at(-1)!.push({ kind, text: piece });
    }
  }
  return lines;
}
