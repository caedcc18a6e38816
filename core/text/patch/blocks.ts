import { textsOf } from './lines.ts';
import { quote } from './words.ts';

/** A SEARCH/REPLACE block of a reply. */
export interface Block {
  /** 1 for the first of the reply. */
  readonly number: number;
  readonly search: readonly string[];
  readonly replace: readonly string[];
  /** Lines of the reply near the block, which may name a file: nearest last. */
  readonly heading: string;
}

const opens = /^[ \t]*<{5,9} ?SEARCH\b:?(.*)$/;
const divides = /^[ \t]*={7}[ \t]*$/;
const closes = /^[ \t]*>{5,9} ?REPLACE\b[ \t]*$/;

/** A line that only occurs in a merge conflict, never in a program by chance. */
const conflict =
  /^[ \t]*(?:<{7}(?!<)|>{7}(?!>))|^[ \t]*={7}[ \t]*$|^[ \t]*(?:<{5,9} ?SEARCH|>{5,9} ?REPLACE)\b/;

/** More blocks than any real answer has. */
const mostBlocks = 500;

/** Whether a line looks like a mark of a SEARCH/REPLACE block or of a merge conflict. */
export function isConflict(line: string): boolean {
  return conflict.test(line);
}

/**
 * The blocks of a reply, in order, or what is wrong with the first malformed one. Marks must follow each other strictly
 * and have equal indentation: any other line that looks like a mark could be program text or a lost end, so it is
 * refused.
 */
export function blocksOf(reply: string, truncated: boolean): Block[] | { readonly malformed: string } {
  const blocks: Block[] = [];
  let state: 'prose' | 'search' | 'replace' = 'prose';
  let search: string[] = [];
  let replace: string[] = [];
  let heading = '';
  let indent = '';
  const lines = textsOf(reply);
  const wrong = (at: number, why: string) => ({
    malformed: `Block ${blocks.length + 1}: ${why} (line ${at + 1} of the answer: ${quote(lines[at] ?? '')}). Nothing was changed. Write each block as "<<<<<<< SEARCH", the old lines, "=======", the new lines, ">>>>>>> REPLACE", each mark once and on a line of its own.`,
  });
  for (const [i, line] of lines.entries()) {
    if (blocks.length > mostBlocks) return { malformed: `Expected up to ${mostBlocks} blocks, got more.` };
    const aligned = line.trimEnd().startsWith(indent) && /\S/.test(line[indent.length] ?? '');
    if (state === 'prose') {
      const found = opens.exec(line);
      if (found) {
        state = 'search';
        indent = line.slice(0, line.indexOf('<'));
        [search, replace] = [[], []];
        heading = found[1]!.trim() || headingBefore(lines, i);
      } else if (isConflict(line) && !divides.test(line)) return wrong(i, 'a mark outside any block');
    } else if (state === 'search' && aligned && divides.test(line)) state = 'replace';
    else if (state === 'replace' && aligned && closes.test(line)) {
      blocks.push({ number: blocks.length + 1, search, replace, heading });
      state = 'prose';
    } else if (isConflict(line)) {
      const wanted = state === 'search' ? '"======="' : '">>>>>>> REPLACE"';
      return wrong(i, `expected ${wanted}, indented as the block is, before another mark`);
    } else (state === 'search' ? search : replace).push(line);
  }
  const cut = truncated && /^[ \t]*<{1,9}(?: S?E?A?R?C?H?)?$/.test(lines.at(-1) ?? '');
  if (state === 'prose' && !cut) return blocks;
  const why = truncated ? 'the answer was cut off before it was complete' : 'it is not complete';
  return wrong(lines.length - 1, why);
}

/** The nearest line above that is neither blank nor a bare fence. */
function headingBefore(lines: readonly string[], at: number): string {
  for (let i = at - 1; i >= Math.max(0, at - 3); i--) {
    const line = lines[i]!.trim();
    if (line && !/^(?:`{3,}|~{3,})\w*$/.test(line)) return line;
  }
  return '';
}
