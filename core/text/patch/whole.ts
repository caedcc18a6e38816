import type { Language, Outline } from '../../search/language.ts';
import { regionsOf } from '../regions.ts';
import { contentsOf, marker, type Refused } from './contents.ts';
import type { Made } from './diff.ts';
import { elided } from './elision.ts';
import { rewrite } from './lines.ts';
import type { File } from './match.ts';
import { type Code, codesOf, noCode } from './reading.ts';
import { quote } from './words.ts';

/** The files with those of a reply in their place; all outside the regions stays. */
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
    return { malformed: noCode(read, reply, 'the complete program', language) };
  }
  return {
    source: Object.fromEntries(files.map(({ path, text }, i) => [path, (versions[i] as string) ?? text])),
  };
}

/**
 * The version of a file among its blocks: the last valid one that is not the quoted parent. Otherwise what is wrong
 * with the last one, or undefined if none is meant to be a version.
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
    if (code.error && isScript(file) && !file.marked) continue;
    if (file.marked && !marker.test(code.text) && (marks || !fillsRegion(file, code, codes, language)))
      continue;
    const made = put(file, code.text, language, exports);
    if (typeof made !== 'string') wrong ??= made;
    else if (made === file.text) quoted = made;
    else return made;
  }
  return quoted ?? wrong;
}

/** Whether a block without markers declares a name of the region, rather than only using it. */
function fillsRegion(file: File, { text }: Code, all: readonly Code[], language: Language): boolean {
  const [region] = regionsOf(file.text, language);
  const was = outlineOf(file.text, language);
  const inside = was.declarations
    .filter(({ start, end }) => region!.start <= start && end <= region!.end)
    .flatMap(({ names }) => names);
  if (inside.length === 0) return all.length === 1;
  const is = outlineOf(text, language);
  return is.declarations.some(({ names }) => names.some((name) => inside.includes(name)));
}

/** Whether a file is checked as code; one without an extension is. */
function isScript({ path, language }: File): boolean {
  return language.isCode(path) || !/\.\w+$/.test(path);
}

/** A file's declarations; none in a language without a reader of them. */
function outlineOf(text: string, { parts }: Language): Outline {
  const outline = parts?.outline(text);
  return !outline || 'error' in outline
    ? { declarations: [], imports: [], others: [], exports: [] }
    : outline;
}

function exportsOf(text: string, language: Language): readonly string[] {
  return outlineOf(text, language).exports;
}

/** Why a block that names none of several files cannot be placed; undefined if it is no file. */
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

/** The file with a block in its place, or why the block is no version of it. */
function put(file: File, text: string, language: Language, exports: readonly string[]): string | Refused {
  const contents = contentsOf(file, text);
  if ('wrong' in contents) return contents;
  const left = elided(contents.flat(), file.text, language);
  if (left) return { wrong: `${quote(left)} abbreviates code: write out the whole program.` };
  const made = rewrite(
    file.text,
    file.lines,
    file.regions.map((region, i) => ({ ...region, texts: contents[i]! })),
  );
  if (!isScript(file) || made === file.text) return made;
  const error = language.syntaxError(made);
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
