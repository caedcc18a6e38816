import { type Liveness, livenessIn } from './binding-liveness.ts';
import type { File } from './load.ts';
import { Refused } from './module-unit.ts';
import { exportNames, type Resolved, resolveExport } from './resolve-export.ts';

/** An export of one file: the index of its cell, or all cells when there is none. */
type Ref = readonly [file: number, cell?: number];

/** One file as the script starts it. `early`: imports that have their value before any file runs. */
interface Part {
  readonly text: string;
  readonly early: readonly Ref[];
  readonly late: readonly Ref[];
  /** The value of `import *` from it; undefined when no file has such an import. */
  readonly space: readonly (readonly [name: string, ref: Ref])[] | undefined;
}

/**
 * Runs linked files, each once and in order. A file is a generator that stops twice: to yield its exports while only
 * its functions exist, and to receive the imported functions, so that functions of files that import each other exist
 * from the start. Sent as text: may use nothing of this file.
 */
function start(
  load: (text: string) => Generator<any, void, unknown>,
  parts: readonly Part[],
  entry: Ref,
): unknown {
  const running = parts.map(({ text }) => load(text));
  const cells: (() => unknown)[][] = running.map((each) => each.next().value);
  const spaces = parts.map(() => ({ __proto__: null }));
  const read = ([file, cell]: Ref) => (cell === undefined ? spaces[file] : cells[file]![cell]!());
  parts.forEach(({ space = [] }, i) => {
    for (const [name, ref] of space) {
      const get = ref.length > 1 ? cells[ref[0]]![ref[1]!]! : () => read(ref);
      Object.defineProperty(spaces[i], name, { get, enumerable: true });
    }
    Object.preventExtensions(spaces[i]);
  });
  for (const [i, { early }] of parts.entries()) running[i]!.next(early.map(read));
  for (const [i, { late }] of parts.entries()) running[i]!.next(late.map(read));
  return read(entry);
}

/**
 * The script of a program of several files, given in the order they run in. No file sees a name of another: each is a
 * text of its own, with its path as the position of its errors.
 * @throws Refused for an import that does not resolve, or whose binding a script could not keep live.
 */
export function linked(files: readonly File[], entry: string): string {
  const main = files.at(-1)!;
  const cells = new Map(files.map((file) => [file, [] as string[]]));
  const spaces = new Set<File>();
  const ref = ({ file, local }: Resolved): Ref => {
    const at = files.indexOf(file);
    if (local === undefined) {
      spaces.add(file);
      return [at];
    }
    const own = cells.get(file)!;
    if (!own.includes(local)) own.push(local);
    return [at, own.indexOf(local)];
  };
  const liveness = new Map(files.map((file) => [file, livenessIn(file.unit)]));
  const given = files.map((file) => takes(file, files, liveness, ref));
  const result = resolveExport(main, entry);
  if (!result)
    throw new Refused(
      `expected an export named ${entry}, got ${[...exportNames(main)].join(', ') || 'none'}`,
    );
  const value = ref(result);
  // A namespace may hold another, which is then needed too: a Set iterates over additions.
  const held = new Map<File, [string, Ref][]>();
  for (const file of spaces)
    held.set(
      file,
      [...exportNames(file)].sort().flatMap((name) => {
        const resolved = resolveExport(file, name);
        return resolved ? [[name, ref(resolved)] satisfies [string, Ref]] : [];
      }),
    );
  const parts = files.map((file, i): Part => {
    const { early, late } = given[i]!;
    const refs = (list: readonly Taken[]) => list.map((each) => each.ref);
    const text = wrap(file, cells.get(file)!, early, late);
    return { text, early: refs(early), late: refs(late), space: held.get(file) };
  });
  return `(${start})(eval, ${JSON.stringify(parts)}, ${JSON.stringify(value)})\n//# sourceURL=program`;
}

/** A local name of a file, and the export it stands for. */
type Taken = { readonly local: string; readonly ref: Ref };

/** The imports of a file, by when they have their value. */
function takes(
  file: File,
  files: readonly File[],
  liveness: ReadonlyMap<File, Liveness>,
  ref: (resolved: Resolved) => Ref,
) {
  const early: Taken[] = [];
  const late: Taken[] = [];
  for (const { local, specifier, name } of file.unit.imports) {
    const from = file.targets.get(specifier)!;
    const resolved = name === undefined ? { file: from, local: undefined } : resolveExport(from, name);
    if (!resolved)
      throw new Refused(`${file.path}: imports ${name} of ${from.path}, which has no such export`);
    const { file: owner } = resolved;
    const when = resolved.local === undefined ? 'always' : liveness.get(owner)!(resolved.local);
    if (when === 'changes')
      throw new Refused(
        `${file.path}: imports ${name} of ${owner.path}, which is assigned to in a function: import * as a whole, or a function that returns it`,
      );
    if (when === 'late' && files.indexOf(owner) >= files.indexOf(file))
      throw new Refused(
        `${file.path}: imports ${name} of ${owner.path}, which by its imports comes back to ${file.path}: in such a circle only function declarations can be imported`,
      );
    (when === 'late' ? late : early).push({ local, ref: ref(resolved) });
  }
  return { early, late };
}

/** A file as the text of an expression that makes a generator. Only the file's own names are in its scope. */
function wrap(
  { place, unit }: File,
  cells: readonly string[],
  early: readonly Taken[],
  late: readonly Taken[],
): string {
  const names = (list: readonly Taken[]) => `[${list.map((each) => each.local).join(', ')}]`;
  const gives = cells.map((local) => `() => ${local}`).join(', ');
  return `(function* () { 'use strict'; const ${names(early)} = yield [${gives}]; const ${names(late)} = yield; ${unit.body}\n}).call(undefined)\n//# sourceURL=${place}`;
}
