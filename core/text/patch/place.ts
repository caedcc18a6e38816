import type {
  Binding,
  Declaration,
  ImportStatement,
  Language,
  Outline,
  Parts,
} from '../../search/language.ts';
import { applyEdits, type Edit } from '../edit.ts';
import { regionsOf } from '../regions.ts';
import type { Made } from './diff.ts';
import type { Block, Given } from './given.ts';
import { newlineOf, textsOf } from './lines.ts';
import type { File } from './match.ts';
import { quote } from './words.ts';

type Malformed = { readonly malformed: string; readonly unchanged?: true };

/**
 * The files with the given declarations in place of those of the same names, new ones above the first that changes; or
 * why they cannot be placed.
 */
export function place(
  files: readonly File[],
  outlines: ReadonlyMap<File, Outline>,
  given: readonly Given[],
  blocks: readonly Block[],
  language: Language,
  parts: Parts,
): Made {
  const texts: Record<string, string> = Object.fromEntries(files.map(({ path, text }) => [path, text]));
  const fresh: Given[] = [];
  const replaced = new Map<File, Map<Declaration, Given>>();
  for (const each of given) {
    const at = owner(files, outlines, each);
    if ('malformed' in at) return at;
    if (!at.file) fresh.push(each);
    else if (differs(at.file, at.declaration, each)) {
      const map = replaced.get(at.file) ?? new Map<Declaration, Given>();
      replaced.set(at.file, map.set(at.declaration, each));
    }
  }
  const [first] = replaced.keys();
  if (!first)
    return {
      malformed:
        'The answer changed nothing: each declaration is unchanged, or new and not used by a changed one.',
      unchanged: true,
    };
  const lost = blocks.find(
    ({ path, imports, declarations }) =>
      path !== undefined &&
      ![...replaced.keys()].some((file) => file.path === path) &&
      (imports.length > 0 || declarations.some((each) => fresh.includes(each))),
  );
  if (lost) {
    return {
      malformed: `The block for ${lost.path} changes none of its declarations, so there is no place for what it adds. Nothing was changed.`,
    };
  }
  for (const [file, map] of replaced) {
    const own = fresh.filter(({ path }) => (path === undefined ? file === first : path === file.path));
    const imports = blocks
      .filter((block) => homeOf(block, outlines, first) === file)
      .flatMap((block) => block.imports);
    const added = importsFor(outlines.get(file)!, imports, parts);
    if ('malformed' in added) return added;
    const text = applyEdits(
      file.text,
      edits(file, map, [...added.lines, ...latest(own).map(({ whole }) => `${whole}\n`)]),
    );
    const error = language.syntaxError(text);
    if (error) return { malformed: `The program would not parse: ${error}.` };
    texts[file.path] = text;
  }
  return { source: texts };
}

/** The file of a block: the one it names, or the one with a declaration of the same name. */
function homeOf({ path, declarations }: Block, outlines: ReadonlyMap<File, Outline>, first: File): File {
  const names = new Set(declarations.flatMap((each) => each.names));
  const found = [...outlines].find(([file, outline]) =>
    path === undefined
      ? outline.declarations.some((each) => each.names.some((name) => names.has(name)))
      : file.path === path,
  );
  return found?.[0] ?? first;
}

/** The import statements that a file needs besides its own, or why it cannot have one. */
function importsFor(
  { declarations, imports: own }: Outline,
  imports: readonly ImportStatement[],
  { importing }: Parts,
): { readonly lines: readonly string[] } | Malformed {
  const same = (a: Binding, b: Binding) => a.from === b.from && a.text === b.text && a.kind === b.kind;
  const bound = own.flatMap(({ names }) => names);
  const lines: string[] = [];
  for (const { text, names } of imports) {
    const fresh = names.filter((name) => !bound.some((each) => same(each, name)));
    const taken = fresh.find(
      ({ local }) =>
        bound.some((each) => each.local === local) || declarations.some((each) => each.names.includes(local)),
    );
    if (taken) {
      return {
        malformed: `The answer imports ${taken.local} from ${quote(taken.from)}, and the program has another ${taken.local}: import it under another name. Nothing was changed.`,
      };
    }
    bound.push(...fresh);
    const known = names.length === 0 && own.some((each) => each.text === text);
    if (fresh.length === names.length && !known) lines.push(text);
    else if (fresh.length > 0) lines.push(importing(fresh));
  }
  return { lines };
}

/** Of new declarations of one name, the last. */
function latest(fresh: readonly Given[]): Given[] {
  return fresh.filter(
    (each, i) => !fresh.slice(i + 1).some(({ names }) => names.some((name) => each.names.includes(name))),
  );
}

/** The declaration, with its file, that one of the reply replaces; none when its names are new. */
function owner(
  files: readonly File[],
  outlines: ReadonlyMap<File, Outline>,
  given: Given,
): { file: File; declaration: Declaration } | { file?: never } | Malformed {
  const { names, path } = given;
  const found = [...outlines].flatMap(([file, { declarations }]) =>
    path !== undefined && path !== file.path
      ? []
      : declarations
          .filter((each) => each.names.some((name) => names.includes(name)))
          .map((declaration) => ({ file, declaration })),
  );
  const [only] = found;
  const said = names.join(', ');
  if (!only) return {};
  if (found.length > 1) {
    const how = files.length > 1 ? '; write the path of the file on the line before the code block' : '';
    return {
      malformed: `${said}: expected one declaration of that name in the program, got ${found.length}${how}.`,
    };
  }
  const regions = regionsOf(only.file.text, only.file.language);
  const { lead, start, end, names: was } = only.declaration;
  const whole = given.comment ? lead : start;
  if (
    differs(only.file, only.declaration, given) &&
    !regions.some((each) => each.start <= whole && end <= each.end)
  ) {
    return {
      malformed: `${said} is not wholly inside the marked regions. Only code inside them may change.`,
    };
  }
  if (was.length !== names.length || was.some((name) => !names.includes(name))) {
    return {
      malformed: `The program declares ${was.join(', ')} in one statement, the answer ${said}: declare the same names together.`,
    };
  }
  return only;
}

/** Whether a declaration of the reply differs, apart from line ends and surrounding white space. */
function differs(file: File, { lead, start, inner, end }: Declaration, given: Given): boolean {
  const same = (a: string, b: string) => textsOf(a.trim()).join('\n') === textsOf(b.trim()).join('\n');
  const was = file.text;
  return (
    !same(was.slice(inner, end), given.inner) ||
    !(given.comment === '' || same(was.slice(lead, start), given.comment))
  );
}

/** The edits of one file; `fresh` is inserted above the first change. An `export` stays as in the program. */
function edits(file: File, replaced: ReadonlyMap<Declaration, Given>, fresh: readonly string[]): Edit[] {
  const newline = newlineOf(file.lines);
  const own = (text: string) => text.replace(/\r\n|\n|\r/g, newline);
  const ordered = [...replaced].sort(([a], [b]) => a.start - b.start);
  const top = ordered[0]![0].lead;
  const added = fresh.map((text) => own(text) + newline).join('');
  const all: Edit[] = added ? [{ start: top, end: top, text: added }] : [];
  for (const [at, given] of ordered) {
    const kept = file.text.slice(at.start, at.inner);
    all.push(
      given.comment
        ? { start: at.lead, end: at.end, text: own(given.comment) + kept + own(given.inner) }
        : { start: at.inner, end: at.end, text: own(given.inner) },
    );
  }
  return all;
}
