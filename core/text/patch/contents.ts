import { perLanguage } from '../comments.ts';
import { textsOf } from './lines.ts';
import { type File, fileOf } from './match.ts';
import { quote } from './words.ts';

/** Why a block is no version of a file: a message for the model. */
export type Refused = { readonly wrong: string };

/** Matches a mention of the regions' markers. */
export const marker = /EVOLVE-BLOCK-(?:START|END)\b/;

/** A line that is a comment or continues one. */
const comment = perLanguage((opening) => new RegExp(`^\\s*(?:${opening}|\\*)`));

/** The lines that a block puts into each region of a file. */
export function contentsOf(file: File, text: string): string[][] | Refused {
  let given: File;
  try {
    given = fileOf(file.path, text, file.language);
  } catch (error) {
    return { wrong: `${(error as Error).message}. Repeat the marker lines of the program unchanged.` };
  }
  const lines = textsOf(text);
  if (!file.marked) {
    return given.marked ? { wrong: 'The program has no EVOLVE-BLOCK markers: do not add any.' } : [lines];
  }
  if (given.marked) {
    const [was, is] = [file.regions.length, given.regions.length];
    if (was !== is) return { wrong: `Expected ${was} marked regions as in the program, got ${is}.` };
    return given.regions.map(({ from, to }) => lines.slice(from, to));
  }
  if (file.regions.length > 1)
    return { wrong: 'Repeat the EVOLVE-BLOCK marker lines: there are several marked regions.' };
  return unmarked(file, lines);
}

/** The content of the only region when the reply has no markers: it gives the region alone, or the file without its markers. */
function unmarked(file: File, lines: readonly string[]): string[][] | Refused {
  const { from, to } = file.regions[0]!;
  const isMark = (line: string) => marker.test(line);
  const code = (texts: readonly string[]) =>
    texts.map((line) => line.trimEnd()).filter((line) => line && !isMark(line));
  const head = code(file.lines.slice(0, from).map((line) => line.text));
  const tail = code(file.lines.slice(to).map((line) => line.text));
  const said = lines.map((line, at) => ({ line: line.trimEnd(), at })).filter(({ line }) => line);
  const starts = head.every((line, i) => said[i]?.line === line);
  const ends = tail.every((line, i) => said[said.length - tail.length + i]?.line === line);
  if (starts && ends && head.length + tail.length > 0 && said.length >= head.length + tail.length) {
    const inner = said.slice(head.length, said.length - tail.length);
    return [inner.length > 0 ? lines.slice(inner[0]!.at, inner.at(-1)!.at + 1) : []];
  }
  const isComment = comment(file.language);
  const fixed = [...head, ...tail].filter((line) => /\w{3}/.test(line) && !isComment.test(line));
  const repeated = fixed.find((line) => said.some((each) => each.line === line));
  if (repeated !== undefined) {
    return {
      wrong: `The answer repeats ${quote(repeated)} from outside the marked region but not the marker lines: give the complete program with its EVOLVE-BLOCK lines.`,
    };
  }
  return [[...lines]];
}
