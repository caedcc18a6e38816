import type { File } from './load.ts';

/** The target of an export name: a local of some file, or the namespace of a file. */
export type Resolved = { readonly file: File; readonly local: string | undefined };

/** Resolves an export name of a file; undefined when it has none, or two through `export *`. */
export function resolveExport(file: File, name: string, asked = new Set<string>()): Resolved | undefined {
  const question = `${file.path}\0${name}`;
  if (asked.has(question)) return undefined;
  asked.add(question);
  const { exports, imports, stars } = file.unit;
  const own = exports.get(name);
  if (own) {
    const at = 'local' in own ? imports.find((each) => each.local === own.local) : own;
    if (!at) return { file, local: (own as { local: string }).local };
    const from = file.targets.get(at.specifier)!;
    return at.name === undefined ? { file: from, local: undefined } : resolveExport(from, at.name, asked);
  }
  if (name === 'default') return undefined;
  const found = stars.flatMap((each) => resolveExport(file.targets.get(each)!, name, asked) ?? []);
  return found.every((each) => each.file === found[0]!.file && each.local === found[0]!.local)
    ? found[0]
    : undefined;
}

/** All names that a file exports. */
export function exportNames(file: File, asked = new Set<File>()): Set<string> {
  const names = new Set(file.unit.exports.keys());
  asked.add(file);
  for (const star of file.unit.stars) {
    const from = file.targets.get(star)!;
    if (!asked.has(from))
      for (const name of exportNames(from, asked)) if (name !== 'default') names.add(name);
  }
  return names;
}
