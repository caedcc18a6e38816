import type { Language } from '../../search/language.ts';
import { type Region, regionsOf } from '../regions.ts';
import { type Line, linesOf } from './lines.ts';

/** A file of a program as lines, with the ranges of lines that may change. */
export interface File {
  readonly path: string;
  readonly text: string;
  /** The language of the program. */
  readonly language: Language;
  readonly lines: readonly Line[];
  /** From line, to line (not included), counted from 0. */
  readonly regions: readonly { readonly from: number; readonly to: number }[];
  /** Whether marker comments say what may change. */
  readonly marked: boolean;
}

/** A match of a SEARCH text, and the indentation to add to (`add`) or remove from (`remove`) each line of REPLACE. */
export interface Match {
  readonly file: File;
  readonly from: number;
  readonly to: number;
  readonly shift: { readonly add: string } | { readonly remove: string };
}

/** @throws ConfigError when the file's markers do not alternate. */
export function fileOf(path: string, text: string, language: Language): File {
  const lines = linesOf(text);
  const regions = regionsOf(text, language);
  const lineAt = (offset: number) => {
    const at = lines.findIndex((line) => line.start >= offset);
    return at < 0 ? lines.length : at;
  };
  const stretch = ({ start, end }: Region) => ({ from: lineAt(start), to: lineAt(end) });
  return { path, text, language, lines, regions: regions.map(stretch), marked: isMarked(text, regions) };
}

function isMarked(text: string, regions: readonly Region[]): boolean {
  return regions.length !== 1 || regions[0]!.start !== 0 || regions[0]!.end !== text.length;
}

/**
 * Matches of lines in the regions: exact; if none, ignoring trailing white space; if none, with a common change of
 * indentation. Returns all matches of the first way that finds any.
 */
export function matches(files: readonly File[], search: readonly string[]): Match[] {
  const exact = places(files, search, (line) => line);
  if (exact.length > 0) return exact;
  const trimmed = places(files, search, (line) => line.trimEnd());
  if (trimmed.length > 0) return trimmed;
  return indented(files, search);
}

/** Number of matches at which the search stops: enough to report several. */
const enough = 7;

/** Matches of lines whose indentation is shifted by a common amount; up to `enough` of them. */
function indented(files: readonly File[], search: readonly string[]): Match[] {
  const first = search.findIndex((line) => line.trim());
  const steps = stepsOf(search).slice(first + 1);
  const found: Match[] = [];
  for (const file of files) {
    for (const { from, to } of file.regions) {
      const texts = file.lines.slice(from, to).map((line) => line.text);
      const ends =
        steps.length > 0 ? occurrences(stepsOf(texts), steps) : [...texts.keys()].map((at) => at + 1);
      for (const end of ends) {
        const start = from + end - first - 1;
        const shift =
          start < from ? undefined : shiftOf(search, first, file.lines.slice(start, start + search.length));
        if (shift) found.push({ file, from: start, to: start + search.length, shift });
        if (found.length === enough) return found;
      }
    }
  }
  return found;
}

/** Each line without its indentation, and its depth relative to the line before: invariant under shifts. */
function stepsOf(lines: readonly string[]): string[] {
  let before = 0;
  return lines.map((line) => {
    const text = line.trim();
    if (text === '') return '';
    const depth = line.length - line.trimStart().length;
    const step = depth - before;
    before = depth;
    return `${step} ${text}`;
  });
}

function places(files: readonly File[], search: readonly string[], key: (line: string) => string): Match[] {
  const wanted = search.map(key);
  return files.flatMap((file) =>
    file.regions.flatMap(({ from, to }) =>
      occurrences(
        file.lines.slice(from, to).map((line) => key(line.text)),
        wanted,
      ).map((at) => ({ file, from: from + at, to: from + at + search.length, shift: { add: '' } })),
    ),
  );
}

/** Every occurrence of a list in another, overlapping ones too, in linear time (Knuth, Morris, Pratt 1977). */
export function occurrences(text: readonly string[], wanted: readonly string[]): number[] {
  if (wanted.length === 0 || wanted.length > text.length) return [];
  const fall: number[] = [0];
  for (let i = 1, k = 0; i < wanted.length; i++) {
    while (k > 0 && wanted[i] !== wanted[k]) k = fall[k - 1]!;
    if (wanted[i] === wanted[k]) k++;
    fall.push(k);
  }
  const found: number[] = [];
  for (let i = 0, k = 0; i < text.length; i++) {
    while (k > 0 && (k === wanted.length || text[i] !== wanted[k])) k = fall[k - 1]!;
    if (text[i] === wanted[k]) k++;
    if (k === wanted.length) found.push(i + 1 - k);
  }
  return found;
}

/** The shift that maps every non-blank line of the search to the program's; `first` is not blank. */
function shiftOf(
  search: readonly string[],
  first: number,
  lines: readonly Line[],
): Match['shift'] | undefined {
  const [said, is] = [indent(search[first]!), indent(lines[first]?.text ?? '')];
  const right = is.length >= said.length;
  const by = right ? is.slice(0, is.length - said.length) : said.slice(0, said.length - is.length);
  const fits = search.every((line, i) => {
    const text = lines[i]?.text;
    if (text?.trim() !== line.trim()) return false;
    const [a, b] = [indent(line), indent(text)];
    return line.trim() === '' || (right ? by + a === b : a === by + b);
  });
  return fits ? (right ? { add: by } : { remove: by }) : undefined;
}

/** The lines moved by a shift; undefined when one of them has too little indentation to remove. */
export function shifted(lines: readonly string[], shift: Match['shift']): string[] | undefined {
  if ('add' in shift) return lines.map((line) => (line.trim() ? shift.add + line : line));
  if (lines.some((line) => line.trim() && !line.startsWith(shift.remove))) return undefined;
  return lines.map((line) => (line.trim() ? line.slice(shift.remove.length) : line));
}

function indent(line: string): string {
  return line.slice(0, line.length - line.trimStart().length);
}
