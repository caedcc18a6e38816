import type { Language, Outline } from '../../search/language.ts';
import type { Made } from './diff.ts';
import { elided } from './elision.ts';
import { type Block, chosen, givenIn } from './given.ts';
import { textsOf } from './lines.ts';
import type { File } from './match.ts';
import { place } from './place.ts';
import { codesOf, noCode } from './reading.ts';
import { quote } from './words.ts';

/** The files with the declarations of a reply in place of those of the same names. */
export function applyPart(
  files: readonly File[],
  reply: string,
  language: Language,
  truncated: boolean,
): Made {
  const { parts } = language;
  if (!parts) {
    const title = `Expected SEARCH/REPLACE blocks or the complete program: single declarations of ${language.title}`;
    return { malformed: `${title} are not read.` };
  }
  const read = codesOf(reply, files, language);
  if ('malformed' in read) return read;
  const cut = 'The answer was cut off before its code was complete.';
  if (truncated && (read.open || read.codes.at(-1)?.error))
    return { malformed: `${cut} Nothing was changed.` };
  const outlines = new Map<File, Outline>();
  for (const file of files) {
    const outline = parts.outline(file.text);
    if (!('error' in outline)) outlines.set(file, outline);
    else if (files.length === 1) return { malformed: `The program does not parse: ${outline.error}.` };
  }
  const unknown = read.codes.find((code) => code.unknown !== undefined)?.unknown;
  if (unknown !== undefined) {
    return { malformed: `There is no file ${unknown}, and none can be added.` };
  }
  const has = (name: string) =>
    [...outlines.values()].some((each) => each.declarations.some(({ names }) => names.includes(name)));
  const blocks = chosen(
    read.codes.flatMap((code) => (code.error ? [] : [givenIn(code.text, code.path, parts)])),
    has,
    parts,
  );
  const given = blocks.flatMap(({ declarations }) => declarations);
  if (given.length === 0) {
    const broken = read.codes.some((code) => code.error) || read.codes.length === 0;
    if (broken || !reply.trim()) return { malformed: noCode(read, reply, 'changed declarations', language) };
    return {
      malformed: `Expected a declaration of a name that the program has at its top level (${namesOf(outlines)}), got none.`,
    };
  }
  const left = given
    .map(({ whole }) => elided(textsOf(whole), files.map(({ text }) => text).join('\n'), language))
    .find(Boolean);
  if (left)
    return {
      malformed: `${quote(left)} abbreviates code: write out each declaration in full.`,
    };
  const stray = strayIn(blocks, outlines);
  if (stray) return { malformed: stray };
  return place(files, outlines, given, blocks, language, parts);
}

/**
 * Why a statement of the reply that is neither declaration nor import cannot be placed; undefined when there is none.
 * Statements that the program already has, or that only export what it exports, are ignored.
 */
function strayIn(blocks: readonly Block[], outlines: ReadonlyMap<File, Outline>): string | undefined {
  const plain = (text: string) => textsOf(text.trim()).join('\n').replace(/;$/, '');
  const has = new Set<string>(['']);
  for (const [{ text }, { others }] of outlines) {
    for (const { start, end } of others) has.add(plain(text.slice(start, end)));
  }
  const exported = new Set([...outlines.values()].flatMap(({ exports }) => exports));
  const stray = blocks
    .flatMap(({ others }) => others)
    .find(
      ({ text, exports }) =>
        !has.has(plain(text)) && !(exports.length > 0 && exports.every((name) => exported.has(name))),
    );
  return (
    stray &&
    `${quote(textsOf(stray.text)[0]!)} is neither a declaration nor an import, and nothing else can be placed. Nothing was changed. Make it part of a declaration, such as \`const table = (() => { ... })();\`.`
  );
}

function namesOf(outlines: ReadonlyMap<File, Outline>): string {
  const names = [...outlines.values()].flatMap(({ declarations }) =>
    declarations.flatMap((each) => each.names),
  );
  return names.slice(0, 30).join(', ');
}
