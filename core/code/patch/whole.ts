import type { Language } from '../../problem.ts';
import { syntaxError } from '../parse.ts';
import { regionsOf } from '../regions.ts';
import { outlineOf } from './declarations.ts';
import type { Made } from './diff.ts';
import { elided } from './elision.ts';
import { rewrite, textsOf } from './lines.ts';
import { type File, fileOf } from './match.ts';
import { type Code, codesOf, noCode } from './reading.ts';
import { quote } from './words.ts';

/** The files with those that a reply gives in full put in their places; outside the regions all stays as it is. */
export function applyWhole(
  files: readonly File[],
  reply: string,
  language: Language,
  truncated: boolean,
): Made {
  const read = codesOf(reply, files, language);
  if ('malformed' in read) return read;
  const last = read.codes.at(-1)?.error;
  if (truncated && (read.open || last)) {
    return { malformed: `The answer was cut off before its code was complete${last ? `: ${last}` : ''}.` };
  }
  const several = files.length > 1;
  const misplaced = several
    ? read.codes.map((code) => unplaced(code, files, language)).find(Boolean)
    : undefined;
  if (misplaced) return { malformed: misplaced };
  const versions = files.map((file) => {
    const own = read.codes.filter((code) => !several || code.path === file.path);
    return own.length > 0 ? version(file, own, language) : undefined;
  });
  const wrong = versions.find((each) => typeof each === 'object');
  if (wrong) return { malformed: wrong.wrong };
  if (!versions.some((each) => each !== undefined)) {
    return { malformed: noCode(read, reply, 'the complete program') };
  }
  return {
    source: Object.fromEntries(files.map(({ path, text }, i) => [path, (versions[i] as string) ?? text])),
  };
}

/**
 * What the blocks for a file make of it: the last that is a version of it and not the parent quoted. Otherwise what is
 * wrong with the last one, or nothing if none is meant to be a version.
 */
function version(file: File, codes: readonly Code[], language: Language): string | Refused | undefined {
  const exports = exportsOf(file.text, language);
  const parent = file.lines
    .map((line) => line.text)
    .join('\n')
    .trim();
  const marks = file.marked && codes.some(({ text }) => marker.test(text) && text.trim() !== parent);
  let wrong: Refused | undefined;
  let quoted: string | undefined;
  for (const code of codes.toReversed()) {
    if (code.error && isScript(file.path) && !file.marked) continue;
    if (file.marked && !marker.test(code.text) && (marks || !fillsRegion(file, code, codes, language)))
      continue;
    const made = put(file, code.text, language, exports);
    if (typeof made !== 'string') wrong ??= made;
    else if (made === file.text) quoted = made;
    else return made;
  }
  return quoted ?? wrong;
}

const marker = /EVOLVE-BLOCK-(?:START|END)\b/;

/** Whether a block without markers is a version of what the region declares, not only a use of it. */
function fillsRegion(file: File, { text }: Code, all: readonly Code[], language: Language): boolean {
  const [region] = regionsOf(file.text);
  const was = outlineOf(file.text, language);
  const inside = ('error' in was ? [] : was.declarations)
    .filter(({ start, end }) => region!.start <= start && end <= region!.end)
    .flatMap(({ names }) => names);
  if (inside.length === 0) return all.length === 1;
  const is = outlineOf(text, language);
  return !('error' in is) && is.declarations.some(({ names }) => names.some((name) => inside.includes(name)));
}

function isScript(path: string): boolean {
  return /\.[cm]?[jt]s$/.test(path) || !/\.\w+$/.test(path);
}

function exportsOf(text: string, language: Language): readonly string[] {
  const outline = outlineOf(text, language);
  return 'error' in outline ? [] : outline.exports;
}

/** Why a block that names none of several files cannot be put anywhere; nothing if it is no file at all. */
function unplaced(code: Code, files: readonly File[], language: Language): string | undefined {
  const paths = files.map(({ path }) => path).join(', ');
  if (code.path !== undefined) return undefined;
  if (code.unknown !== undefined) {
    return `There is no file ${code.unknown}, and none can be added; the files are ${paths}.`;
  }
  if (code.error || exportsOf(code.text, language).length === 0) return undefined;
  if (files.some((file) => file.text.trim() === code.text.trim())) return undefined;
  return `Which file is the block for that starts with ${quote(code.text.split('\n', 1)[0]!)}? Write its path on the line before the block: ${paths}.`;
}

type Refused = { readonly wrong: string };

/** The file with a block in its place, or why the block is no version of it. */
function put(file: File, text: string, language: Language, exports: readonly string[]): string | Refused {
  const contents = contentsOf(file, text);
  if ('wrong' in contents) return contents;
  const left = elided(contents.flat(), file.text);
  if (left)
    return { wrong: `${quote(left)} stands for code that was left out: write the whole program out.` };
  const made = rewrite(
    file.text,
    file.lines,
    file.regions.map((region, i) => ({ ...region, texts: contents[i]! })),
  );
  if (!isScript(file.path) || made === file.text) return made;
  const error = syntaxError(made, language);
  if (error) return { wrong: `The program would not parse: ${error}.` };
  if (exports.length > 0) {
    const now = exportsOf(made, language);
    if (!exports.some((name) => now.includes(name))) {
      return {
        wrong: `Expected the complete program, which exports ${exports.join(', ')}; got code that exports ${now.join(', ') || 'nothing'}.`,
      };
    }
  }
  return made;
}

/** What a block puts into each region of a file, as lines. */
function contentsOf(file: File, text: string): string[][] | Refused {
  let given: File;
  try {
    given = fileOf(file.path, text);
  } catch (error) {
    return { wrong: `${(error as Error).message}. Repeat the marker lines of the program as they are.` };
  }
  const lines = textsOf(text);
  if (!file.marked) {
    return given.marked ? { wrong: 'The program has no EVOLVE-BLOCK markers: add none.' } : [lines];
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

/** What fills the only region when the reply has no markers: the region alone, or the file with its markers lost. */
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
  const fixed = [...head, ...tail].filter((line) => /\w{3}/.test(line) && !/^\s*(?:\/\/|\*|\/\*)/.test(line));
  const repeated = fixed.find((line) => said.some((each) => each.line === line));
  if (repeated !== undefined) {
    return {
      wrong: `The answer repeats ${quote(repeated)} from outside the marked region but not the marker lines: give the complete program with its EVOLVE-BLOCK lines.`,
    };
  }
  return [[...lines]];
}
