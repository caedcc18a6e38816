import { mainFile, type Source } from '../../../search/program.ts';
import type { Dialect } from '../parse.ts';
import { Refused, type Unit, unitOf } from './module-unit.ts';

/** A file that the main file reaches, and which file each of its specifiers names. */
export interface File {
  readonly path: string;
  /** The position that an error in it names. */
  readonly place: string;
  readonly unit: Unit;
  readonly targets: ReadonlyMap<string, File>;
}

/** A module outside the program that every program may import, by a specifier of its own. */
export interface Library {
  readonly specifier: string;
  readonly file: File;
}

/** Most files that one program may reach. */
const most = 256;

/**
 * The files that the main file reaches by imports, in the order they run in: each after those it imports, except in
 * import cycles. The main file is the last. A library is one file among them, if it is imported.
 * @throws Refused naming the file, when it cannot be run or imports what is no file of the program.
 */
export function load(source: Source, language: Dialect, library?: Library): File[] {
  const met = new Map<string, File>();
  const order: File[] = [];
  const several = Object.keys(source).length > 1;
  const visit = (path: string, text: string): File => {
    if (met.size === most) throw new Refused(`expected at most ${most} files`);
    const targets = new Map<string, File>();
    const file: File = {
      path,
      place: `program/${path.replace(/[^\w./-]/g, '_')}`,
      unit: unitOf(text, language),
      targets,
    };
    met.set(path, file);
    for (const { specifier, json } of file.unit.requests) {
      if (specifier === library?.specifier && !json) {
        targets.set(specifier, library.file);
        if (!order.includes(library.file)) order.push(library.file);
        continue;
      }
      const target = pathOf(specifier, path, source, language, library);
      const kind = /\.m?([jt]s|json)$/.exec(target)?.[1];
      if (!kind) throw new Refused(`imports ${specifier}, which is neither a program nor JSON`);
      if ((kind === 'json') !== json)
        throw new Refused(`imports ${specifier} ${json ? 'as JSON' : "without `with { type: 'json' }`"}`);
      const given = json ? asModule(target, source[target]!) : source[target]!;
      targets.set(specifier, met.get(target) ?? named(target, () => visit(target, given)));
    }
    order.push(file);
    return file;
  };
  const named = <T>(path: string, act: () => T): T => {
    try {
      return act();
    } catch (error) {
      if (!(error instanceof Refused) || error.placed || !several) throw error;
      throw new Refused(`${path}: ${error.message}`, true);
    }
  };
  const { path, text } = mainFile(source);
  named(path, () => visit(path, text));
  return order;
}

/** The path of the file of the program that a specifier names. */
function pathOf(
  specifier: string,
  from: string,
  source: Source,
  language: Dialect,
  library?: Library,
): string {
  const places = placesOf(specifier, from, language);
  if (!places)
    throw new Refused(
      `imports ${specifier}: a program may import nothing but its own files, by ./ or ../${library ? `, and ${library.specifier}` : ''}`,
    );
  if (places.length === 0) throw new Refused(`imports ${specifier}, which lies outside the program`);
  const path = places.find((each) => Object.hasOwn(source, each));
  if (path === undefined) throw new Refused(`imports ${specifier}, but the program has no file ${places[0]}`);
  return path;
}

/**
 * The paths that a specifier in a file may mean, likeliest first: in TypeScript `./a.js` may also be `a.ts`. None when
 * it leaves the program; undefined when it is not relative.
 */
export function placesOf(specifier: string, from: string, language: Dialect): string[] | undefined {
  if (!/^\.\.?\//.test(specifier)) return undefined;
  const path = resolvePath(specifier, from);
  if (path === undefined) return [];
  return language === 'typescript' && /\.m?js$/.test(path) ? [path, path.replace(/js$/, 'ts')] : [path];
}

/** A relative specifier from the folder of a file, as a path of the program; undefined when it leaves the program. */
function resolvePath(specifier: string, from: string): string | undefined {
  const parts = from.split('/').slice(0, -1);
  for (const part of specifier.split('/')) {
    if (part === '..' && parts.pop() === undefined) return undefined;
    if (part !== '.' && part !== '..') parts.push(part);
  }
  return parts.join('/');
}

/** A JSON file as a module. */
function asModule(path: string, text: string): string {
  try {
    JSON.parse(text);
  } catch (error) {
    throw new Refused(`imports ${path}, which is no JSON: ${(error as Error).message}`);
  }
  return `export default JSON.parse(${JSON.stringify(text).replaceAll('<', '\\u003c')});`;
}
