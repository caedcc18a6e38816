import type { Parts } from '../../language.ts';

/** A declaration that a reply gives, and for which file if it says. */
export interface Given {
  readonly names: readonly string[];
  /** Leading comment, `export` and all. */
  readonly whole: string;
  readonly comment: string;
  readonly inner: string;
  readonly path: string | undefined;
}

/** The declarations of one code block. */
export function givenIn(text: string, path: string | undefined, parts: Parts): Given[] {
  const outline = parts.outline(text);
  if ('error' in outline) return [];
  return outline.declarations.map(({ names, lead, start, inner, end }) => ({
    names,
    whole: text.slice(lead, end),
    comment: text.slice(lead, start),
    inner: text.slice(inner, end),
    path,
  }));
}

/** The blocks that belong to the answer: those with a name the program has, and those that these then need. */
export function chosen(blocks: readonly Given[][], has: (name: string) => boolean, { uses }: Parts): Given[] {
  const known = blocks.filter((block) => block.some(({ names }) => names.some(has)));
  const code = known
    .flat()
    .map(({ inner }) => inner)
    .join('\n');
  const words = uses(code);
  const takes = (block: Given[]) =>
    known.includes(block) || block.some(({ names }) => names.some((name) => words.has(name)));
  return blocks.filter(takes).flat();
}
