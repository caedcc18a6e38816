import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Manifest, ScoreParts } from '../../core/journal/manifest.ts';
import { canonical } from '../../core/languages/javascript/canonical.ts';
import { type Node, parse } from '../../core/languages/javascript/parse.ts';
import { ConfigError } from '../../core/search/errors.ts';
import { type Limits, type Problem, searchedOn } from '../../core/search/problem.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const compiled = import.meta.url.endsWith('.js');

/** Where a build keeps the hashes of the sources it was compiled from. */
const keptAt = join(root, 'problems', 'hashes.json');

/** SHA-256 of all that decides a score, so that a journal is not carried on with another problem; the same from sources and from a build. */
export function hashOf(problem: Problem): string {
  return sha256(JSON.stringify(partsOf(problem)));
}

/** Whether a hash that was kept is a problem's, by today's way of hashing or by the one before it. */
export function isHashOf(hash: string, problem: Problem): boolean {
  if (hash === hashOf(problem)) return true;
  const { cases } = problem;
  // Some problems did not show their cases then, which changes no score.
  const unshown = cases.map((each) => (each.use === 'shown' ? { ...each, use: 'scored' as const } : each));
  return [cases, unshown].some((each) => hash === formerHashOf(problem, each));
}

/** The parts of `hashOf`. */
export function partsOf(problem: Problem): ScoreParts {
  const { name, language, entry, cases, seeds, limits, module } = problem;
  const of = (value: unknown): string => sha256(JSON.stringify(value));
  return {
    code: module?.startsWith('file:') ? codeIn(fileURLToPath(module)) : of([module, functionsOf(problem)]),
    call: of({ name, language, entry }),
    // Whether a prompt may show a case of the search changes no score.
    cases: of(cases.filter(({ use }) => searchedOn(use)).map(({ id, input }) => ({ id, input }))),
    validation: of(cases.filter(({ use }) => use === 'validation')),
    heldOut: of(cases.filter(({ use }) => use === 'held-out')),
    seeds: of(seeds),
    limits,
  };
}

/**
 * Names of the parts by which a problem differs from how it was and on which a recorded score may rest. Seeds are in
 * the journal, held-out cases are run in the end, and a score was reached within tighter limits too.
 */
export function changesOf(before: ScoreParts, problem: Problem): string[] {
  const now = partsOf(problem);
  const tighter = (Object.keys(now.limits) as (keyof Limits)[]).some(
    (name) => now.limits[name] < before.limits[name],
  );
  const parts = (['code', 'call', 'cases', 'validation'] as const).filter(
    (part) => now[part] !== before[part],
  );
  return [...parts, ...(tighter ? ['limits'] : [])];
}

/** Refuses to resume a run of `kept`. @throws ConfigError for a problem that was changed in a part on which recorded scores depend */
export function refuseChange(dir: string, kept: Manifest['problem'], problem: Problem): void {
  const changes = kept.parts ? changesOf(kept.parts, problem) : undefined;
  if (changes?.length === 0) return;
  const where = changes ? ` in ${changes.join(', ')}` : '';
  throw new ConfigError(
    `Expected ${kept.path} to be the problem of ${dir} as it was (hash ${kept.hash.slice(0, 8)}), ` +
      `got one that was changed since${where} (hash ${hashOf(problem).slice(0, 8)}); ` +
      `to score the current programs again and continue: atoll resume ${dir} --rescore`,
  );
}

/** SHA-256 of what versions before this one took for all that decides a score: the texts of its functions. */
function formerHashOf(problem: Problem, cases: Problem['cases']): string {
  const { name, language, entry, seeds, limits, judge, harness, prepare } = problem;
  const code = [
    String(judge),
    harness === undefined ? 'undefined' : formerTextOf(harness),
    ...(prepare ? [String(prepare)] : []),
  ].map((text) => text.replace(/\s+/g, ' '));
  return sha256(JSON.stringify({ name, language, entry, seeds, cases, limits, code }));
}

/** The text of a harness in the words of versions before this one, where it only follows the fields' renaming. */
function formerTextOf(harness: NonNullable<Problem['harness']>): string {
  const text = String(harness);
  // A text that has both words was not made by renaming: the result could stand for another program.
  return /\b(drive|anew)\b/.test(text)
    ? text
    : text.replace(/\bharness\b/g, 'drive').replace(/\bfreshLoad\b/g, 'anew');
}

/** The functions of a problem that no module states, as texts. */
function functionsOf({ judge, harness, prepare, residuals }: Problem): string[] {
  return [judge, harness, prepare, residuals].map((part) => String(part).replace(/\s+/g, ' '));
}

/** Hash of the code of a problem's module, kept from its sources where it is compiled and shipped. */
function codeIn(module: string): string {
  const own = relative(join(root, 'problems'), module).replaceAll('\\', '/');
  if (compiled && !own.startsWith('..') && existsSync(keptAt)) {
    const kept: Record<string, string> = JSON.parse(readFileSync(keptAt, 'utf8'));
    const hash = kept[withoutKind(own)];
    if (hash !== undefined) return hash;
  }
  return graphHash(module, root);
}

/** Hashes of the modules of a folder of sources, by path without extension: what a build keeps. */
export function sourceHashes(modules: readonly string[], folder: string): Record<string, string> {
  const all = modules.map((path) => [
    withoutKind(path).replaceAll('\\', '/'),
    graphHash(join(folder, path), dirname(folder)),
  ]);
  return Object.fromEntries(all);
}

/**
 * Hash of a module and of all files that it reaches by relative imports and by `new URL('./file', import.meta.url)`.
 * Layout, comments, types and names of locals do not count; nor does what a problem says of itself. The engine's own
 * files under `engine` are left out: run.json names the version.
 */
function graphHash(module: string, engine: string): string {
  const texts = new Map<string, string>();
  const visit = (path: string): void => {
    if (texts.has(path)) return;
    const raw = readFileSync(path, 'utf8');
    if (!/\.[cm]?[jt]s$/.test(path)) return void texts.set(path, raw);
    const language = /\.[cm]?ts$/.test(path) ? 'typescript' : 'javascript';
    const parsed = parse(raw, language);
    if ('error' in parsed) return void texts.set(path, raw);
    const text = path === module ? withoutWords(raw, parsed.program) : raw;
    const plain = text.replace(/(['"])(\.{1,2}\/[^'"\n]*)\.[cm]?ts\1/g, '$1$2.js$1');
    const form = canonical({ 'module.ts': plain }, 'typescript');
    texts.set(path, 'hash' in form ? form.hash : plain);
    for (const specifier of [...importsOf(parsed.program), ...filesOf(raw)]) {
      const found = resolve(dirname(path), specifier);
      if (isEngine(found, engine) || !existsSync(found) || !statSync(found).isFile()) continue;
      visit(found);
    }
  };
  visit(resolve(module));
  const names = [...texts].map(([path, text]) => [withoutKind(relative(dirname(module), path)), text]);
  return sha256(JSON.stringify(names.sort(([a], [b]) => (a! < b! ? -1 : 1))));
}

function isEngine(path: string, engine: string): boolean {
  const own = relative(engine, path).replaceAll('\\', '/');
  return /^(core|islands|evaluators|ui)\//.test(own);
}

/** Relative specifiers of a module's imports and re-exports, those of types left out. */
function importsOf(program: Node): string[] {
  return (program.body as Node[]).flatMap((each) => {
    const specifier: unknown = each.source?.value;
    const types = each.importKind === 'type' || each.exportKind === 'type' || onlyTypes(each.specifiers);
    return typeof specifier === 'string' && specifier.startsWith('.') && !types ? [specifier] : [];
  });
}

function onlyTypes(specifiers: readonly Node[] | undefined): boolean {
  return (
    specifiers !== undefined &&
    specifiers.length > 0 &&
    specifiers.every((each) => each.importKind === 'type')
  );
}

/** Files beside a module that it names as `new URL('./data.json', import.meta.url)` or imports while it runs. */
function filesOf(text: string): string[] {
  const named = /(?:new URL|\bimport)\(\s*['"](\.{1,2}\/[^'"\n]+)['"]/g;
  return Array.from(text.matchAll(named), ([, path]) => path!);
}

/** Fields of a problem on which no score rests. */
const words = new Set([
  'brief',
  'references',
  'show',
  'picture',
  'describe',
  'target',
  'seeds',
  'cases',
  'limits',
]);

/** The text of a problem's module without the fields of its default export that are words, or hashed by themselves. */
function withoutWords(text: string, program: Node): string {
  const body = program.body as Node[];
  const stated: Node | undefined = body.find(({ type }) => type === 'ExportDefaultDeclaration')?.declaration;
  const cuts = (objectOf(stated, body)?.properties ?? []).filter(
    ({ type, key, computed }: Node) => type === 'Property' && !computed && words.has(key.name ?? key.value),
  );
  return cuts.reduceRight((rest: string, { start, end }: Node) => {
    const comma = /^\s*,/.exec(rest.slice(end))?.[0].length ?? 0;
    return rest.slice(0, start) + rest.slice(end + comma);
  }, text);
}

/** The object literal that an expression is, names, or wraps, as `defineProblem({ ... })` and `{ ... } satisfies Draft` do. */
function objectOf(node: Node | undefined, body: readonly Node[]): Node | undefined {
  if (!node) return undefined;
  if (node.type === 'ObjectExpression') return node;
  if (node.type === 'CallExpression') return objectOf(node.arguments[0], body);
  if (node.type === 'Identifier') {
    const declared = body.flatMap((each): Node[] =>
      each.type === 'VariableDeclaration' ? each.declarations : [],
    );
    return objectOf(declared.find(({ id }) => id.name === node.name)?.init, body);
  }
  return node.expression ? objectOf(node.expression, body) : undefined;
}

function withoutKind(path: string): string {
  return path.replaceAll('\\', '/').replace(/\.[cm]?[jt]s$/, '');
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
