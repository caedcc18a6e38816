import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, relative } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const rooms = ['core', 'islands', 'evaluators', 'problems', 'ui'] as const;
type Room = (typeof rooms)[number];

/** The floor plan: who may import whom. */
const mayEnter: Record<Room, readonly Room[]> = {
  core: ['core'],
  islands: ['islands', 'core'],
  evaluators: ['evaluators', 'core'],
  problems: ['problems', 'core'],
  ui: rooms,
};

/** The edges, with what each may import that is not ours. Everything else is pure and imports nothing foreign. */
const edges: readonly [folder: string, packages: RegExp][] = [
  ['core/code/', /^(diff|oxc-parser|oxc-minify|oxc-transform|node:crypto|@oxc-project\/types)$/],
  [
    'core/models/',
    /^(ai|@ai-sdk\/(openai|anthropic|google|openai-compatible)|@pydantic\/genai-prices|eventsource-parser|node-llama-cpp|node:.*)$/,
  ],
  ['core/learning/trainers/', /^node:.*$/],
  ['core/learning/backends/', /^(@tensorflow\/.*|webgpu|node:.*)$/],
  ['core/journal/', /^(lowdb(\/.*)?|node:.*)$/],
  // Tasks come from a file, which may be the user's.
  ['problems/humaneval-js-20/', /^node:(crypto|fs|zlib)$/],
  ['evaluators/', /^(piscina|isolated-vm|node:.*)$/],
  ['ui/', /^(commander|ink|react|string-width|node:.*)$/],
];

const files = rooms.flatMap((room) =>
  globSync(`${room}/**/*.{ts,tsx}`, { cwd: root }).filter((path) => !/\/seed[^/]*$/.test(path)),
);

const imports = (path: string): string[] =>
  Array.from(
    readFileSync(join(root, path), 'utf8').matchAll(
      /^(?:import|export)\s[^;]*?from '([^']+)'|^import '([^']+)'|\bimport\('([^']+)'\)/gm,
    ),
    (match) => (match[1] ?? match[2] ?? match[3])!,
  );

const ours = (path: string): { from: string; to: string }[] =>
  imports(path)
    .filter((name) => name.startsWith('.'))
    .map((name) => ({ from: path, to: normalize(join(dirname(path), name)) }));

test('there is something to look at', () => {
  assert.ok(files.length > 30, `${files.length} files`);
});

test('no room imports one that the floor plan closes to it', () => {
  const wrong = files.flatMap(ours).filter(({ from, to }) => {
    const target = to.split('/')[0] as Room;
    return !mayEnter[from.split('/')[0] as Room].includes(target);
  });
  assert.deepEqual(wrong, []);
});

test('the kernel imports nothing of what learns, types included', () => {
  const wrong = files
    .filter((path) => /^core\/[^/]+$/.test(path))
    .flatMap(ours)
    .filter(({ to }) => /^core\/(learning|operators\/learned)\//.test(to));
  assert.deepEqual(wrong, []);
});

test('only edges import what is not ours', () => {
  const wrong = files.flatMap((path) =>
    imports(path)
      .filter((name) => !name.startsWith('.'))
      .filter((name) => !edges.some(([folder, allowed]) => path.startsWith(folder) && allowed.test(name)))
      .map((name) => `${path}: ${name}`),
  );
  assert.deepEqual(wrong, []);
});

test('pure rooms touch no clock, randomness, network, disk or environment', () => {
  const world =
    /\bDate\.now\b|\bnew Date\b|\bperformance\b|\bMath\.random\b|\bfetch\(|\bprocess\b|\bset(Timeout|Interval|Immediate)\b/;
  const pure = files.filter(
    (path) =>
      /^(core|islands)\//.test(path) && !/^core\/(journal|models|learning\/(backends|trainers))\//.test(path),
  );
  const wrong = pure.filter((path) => world.test(withoutComments(readFileSync(join(root, path), 'utf8'))));
  assert.deepEqual(wrong, []);
});

test('no import goes in a circle, types aside', () => {
  const graph = new Map(
    files.map((path) => {
      const text = readFileSync(join(root, path), 'utf8');
      const values = ours(path).filter(({ to }) => {
        const name = to.slice(to.lastIndexOf('/') + 1).replaceAll('.', '\\.');
        return !new RegExp(`import type [^;]*/${name}'`).test(text);
      });
      return [path, values.map(({ to }) => to)] as const;
    }),
  );
  const done = new Set<string>();
  const visit = (path: string, trail: readonly string[]): void => {
    if (trail.includes(path)) assert.fail([...trail.slice(trail.indexOf(path)), path].join(' -> '));
    if (done.has(path)) return;
    for (const next of graph.get(path) ?? []) visit(next, [...trail, path]);
    done.add(path);
  };
  for (const path of graph.keys()) visit(path, []);
});

/** What a file loads: the files that it imports by value, and those that these import, with the packages. */
function loaded(from: string): Set<string> {
  const all = new Set<string>([from]);
  for (const path of all) {
    if (!path.endsWith('.ts')) continue;
    const text = readFileSync(join(root, path), 'utf8');
    for (const [, clause, name] of text.matchAll(/^(?:import|export)\s([^;]*?)from '([^']+)'/gm)) {
      if (/^type\b/.test(clause!)) continue;
      all.add(name!.startsWith('.') ? normalize(join(dirname(path), name!)) : name!);
    }
  }
  return all;
}

test('the kernel knows no language but through its role, and loads no parser', () => {
  const kernel = files.filter((path) => /^core\/[^/]+$/.test(path));
  const wrong = kernel.flatMap(ours).filter(({ to }) => /^core\/(code|languages)\//.test(to));
  assert.deepEqual(wrong, []);
  for (const path of [
    'core/search/search.ts',
    'core/search/precheck.ts',
    'core/search/schedule.ts',
    'core/search/open.ts',
  ]) {
    const parsers = [...loaded(path)].filter((name) => /^oxc-|^core\/languages\//.test(name));
    assert.deepEqual(parsers, [], path);
  }
});

test('languages are known to their own folders, one line of registration and no other file', () => {
  const wrong = files
    .flatMap(ours)
    .filter(({ to }) => /^core\/languages\/[^/]+\//.test(to))
    .filter(({ from, to }) => dirname(from) !== dirname(to) && from !== 'core/languages/languages.ts')
    // The operators of JavaScript, which stand apart from its folder.
    .filter(({ from }) => !/^core\/(operators\/(builtin|learned)|learning\/policy)\//.test(from));
  assert.deepEqual(wrong, []);
});

test('nothing is passed on wholesale', () => {
  const wrong = files.filter((path) => /^export \* /m.test(readFileSync(join(root, path), 'utf8')));
  assert.deepEqual(wrong, []);
});

test('the top level holds what the owner set and no other folder', () => {
  const folders = new Set(
    globSync('*/', { cwd: root }).map((path) => relative(root, join(root, path)).replace(/\/$/, '')),
  );
  const known = [...rooms, 'test', 'docs', 'bench', 'node_modules', 'dist', 'runs'];
  assert.deepEqual(
    [...folders].filter((name) => !known.includes(name)),
    [],
  );
});

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '');
}
