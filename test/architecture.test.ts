import assert from 'node:assert/strict';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, relative } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { parseSync, Visitor } from 'oxc-parser';

const root = fileURLToPath(new URL('..', import.meta.url));

/**
 * The floor plan, from the ground up: each room, and the rooms that it may import. A room is a folder of the top level,
 * or of `core/`. The kernel at the ground, `core/search`, imports no other room.
 */
const plan: Readonly<Record<string, readonly string[]>> = {
  'core/search': [],
  'core/text': ['core/search'],
  'core/models': ['core/search'],
  'core/journal': ['core/search'],
  'core/prompts': ['core/search', 'core/text'],
  'core/learning': ['core/search', 'core/text', 'core/models', 'core/journal', 'core/prompts'],
  'core/languages': ['core/search', 'core/text', 'core/learning'],
  islands: ['core/search', 'core/text'],
  evaluators: ['core/search', 'core/languages'],
  problems: ['core/search', 'core/languages'],
  ui: [
    ...['core/search', 'core/text', 'core/models', 'core/journal', 'core/prompts', 'core/learning'],
    ...['core/languages', 'islands', 'evaluators', 'problems'],
  ],
};

/** What each edge may import that is not ours. Every other file is pure and imports nothing foreign. */
const edges: readonly [folder: string, packages: RegExp][] = [
  ['core/languages/javascript/', /^(oxc-parser|oxc-minify|oxc-transform|@oxc-project\/types|node:crypto)$/],
  ['core/text/', /^(diff|node:crypto)$/],
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

/** Most files that loading the search loads. */
const kernelFiles = 32;

const files = globSync('{core,islands,evaluators,problems,ui}/**/*.{ts,tsx}', { cwd: root }).filter(
  (path) => !/\/seed[^/]*$/.test(path),
);

const sources = new Map(files.map((path) => [path, readFileSync(join(root, path), 'utf8')]));

interface Import {
  readonly name: string;
  /** Whether it vanishes when the program is compiled. */
  readonly type: boolean;
}

const imports = new Map<string, readonly Import[]>(
  files.map((path) => {
    const { staticImports, staticExports, dynamicImports } = parseSync(path, sources.get(path)!).module;
    return [
      path,
      [
        ...staticImports.map(({ moduleRequest, entries }) => ({
          name: moduleRequest.value,
          type: entries.length > 0 && entries.every(({ isType }) => isType),
        })),
        ...staticExports.flatMap(({ entries }) =>
          entries.flatMap(({ moduleRequest, isType }) =>
            moduleRequest ? [{ name: moduleRequest.value, type: isType }] : [],
          ),
        ),
        ...dynamicImports.flatMap(({ moduleRequest }) => {
          const text = sources.get(path)!.slice(moduleRequest.start, moduleRequest.end);
          return /^['"]/.test(text) ? [{ name: text.slice(1, -1), type: false }] : [];
        }),
      ],
    ];
  }),
);

const ours = (path: string): { from: string; to: string; type: boolean }[] =>
  imports
    .get(path)!
    .filter(({ name }) => name.startsWith('.'))
    .map(({ name, type }) => ({ from: path, to: normalize(join(dirname(path), name)), type }));

function roomOf(path: string): string {
  const [top, inner] = path.split('/') as [string, string];
  return top === 'core' ? `core/${inner}` : top;
}

test('the floor plan names every room there is', () => {
  assert.ok(files.length > 300, `${files.length} files`);
  assert.deepEqual([...new Set(files.map(roomOf))].sort(), Object.keys(plan).sort());
});

test('no room imports one that the floor plan closes to it, types included', () => {
  const wrong = files
    .flatMap(ours)
    .filter(({ from, to }) => roomOf(from) !== roomOf(to) && !plan[roomOf(from)]!.includes(roomOf(to)))
    .map(({ from, to }) => `${from} -> ${to}`);
  assert.deepEqual(wrong, []);
});

test(`the search loads at most ${kernelFiles} files`, () => {
  const loaded = new Set<string>();
  const load = (path: string): void => {
    if (loaded.has(path)) return;
    loaded.add(path);
    for (const { to, type } of ours(path)) if (!type) load(to);
  };
  load('core/search/search.ts');
  assert.ok(loaded.size <= kernelFiles, `${loaded.size}: ${[...loaded].join(', ')}`);
});

test('no value import goes in a circle, and in the kernel no type import either', () => {
  const circles: string[] = [];
  const done = new Set<string>();
  const visit = (path: string, trail: readonly string[], follow: (type: boolean) => boolean): void => {
    if (trail.includes(path)) {
      circles.push([...trail.slice(trail.indexOf(path)), path].join(' -> '));
      return;
    }
    if (done.has(path)) return;
    for (const { to, type } of ours(path)) if (follow(type)) visit(to, [...trail, path], follow);
    done.add(path);
  };
  for (const path of files) visit(path, [], (type) => !type);
  done.clear();
  for (const path of files) if (roomOf(path) === 'core/search') visit(path, [], () => true);
  assert.deepEqual(circles, []);
});

test('a language is known to its folders, to one line of registration, and to what is for it alone', () => {
  // Problems whose programs are read as JavaScript, the hash of a problem's own modules, which are JavaScript, and data
  // sets about calls of JavaScript functions.
  const javascriptOnly =
    /^(problems\/(kernel-speed|humaneval-js-20)\/|ui\/run\/problem-hash\.ts$|ui\/export\/(call-program|predictions)\.ts$)/;
  const nameIn = (path: string, room: string): string | undefined =>
    new RegExp(`^${room}/([^/]+)/`).exec(path)?.[1];
  const wrong = files
    .flatMap(ours)
    .filter(({ from, to }) => {
      const name = nameIn(to, 'core/languages') ?? nameIn(to, 'evaluators');
      if (name === undefined || javascriptOnly.test(from)) return false;
      return (
        ![nameIn(from, 'core/languages'), nameIn(from, 'evaluators')].includes(name) &&
        !['core/languages/languages.ts', 'evaluators/runtimes.ts'].includes(from)
      );
    })
    .map(({ from, to }) => `${from} -> ${to}`);
  assert.deepEqual(wrong, []);
});

test('each file that another starts or reads beside itself exists', () => {
  const wrong = [...sources].flatMap(([path, text]) =>
    Array.from(
      withoutComments(text).matchAll(/new URL\(\s*'(\.[^'$*]+)',\s*import\.meta\.url/g),
      ([, name]) => name!,
    )
      .filter((name) => !name.endsWith('.js'))
      .map((name) => normalize(join(dirname(path), name)))
      .filter((name) => !existsSync(join(root, name)))
      .map((name) => `${path} -> ${name}`),
  );
  assert.deepEqual(wrong, []);
});

test('only edges import what is not ours', () => {
  const wrong = files.flatMap((path) =>
    imports
      .get(path)!
      .filter(({ name }) => !name.startsWith('.'))
      .filter(({ name }) => !edges.some(([folder, allowed]) => path.startsWith(folder) && allowed.test(name)))
      .map(({ name }) => `${path}: ${name}`),
  );
  assert.deepEqual(wrong, []);
});

test('pure rooms touch no clock, randomness, network, disk or environment', () => {
  const world =
    /\bDate\.now\b|\bnew Date\b|\bperformance\b|\bMath\.random\b|\bfetch\(|\bprocess\b|\bset(Timeout|Interval|Immediate)\b/;
  const edge = /^core\/(journal|models|learning\/(trainers|backends))\//;
  const wrong = files
    .filter((path) => /^(core|islands)\//.test(path) && !edge.test(path))
    .filter((path) => world.test(withoutComments(sources.get(path)!)));
  assert.deepEqual(wrong, []);
});

test('a file over 250 lines or a function over 60 says in one line why it is one idea', () => {
  const wrong: string[] = [];
  for (const [path, text] of sources) {
    const { program, comments } = parseSync(path, text);
    const lineOf = (offset: number): number => text.slice(0, offset).split('\n').length;
    const says = comments.filter(({ value }) => value.includes('One idea:')).map(({ end }) => end);
    if (text.split('\n').length > 251 && says.length === 0) wrong.push(path);
    const check = (node: { start: number; end: number }): void => {
      const [first, last] = [lineOf(node.start), lineOf(node.end)];
      if (last - first < 60) return;
      // The line stands within the function, or in the comment just above it.
      if (!says.some((end) => end < node.end && lineOf(end) >= first - 2)) wrong.push(`${path}:${first}`);
    };
    new Visitor({
      FunctionDeclaration: check,
      FunctionExpression: check,
      ArrowFunctionExpression: check,
    }).visit(program);
  }
  assert.deepEqual(wrong, []);
});

test('no file passes on all that another exports', () => {
  const wrong = files.filter((path) => /^export \* /m.test(sources.get(path)!));
  assert.deepEqual(wrong, []);
});

test('the top level holds what the owner set and no other folder', () => {
  const folders = globSync('*/', { cwd: root }).map((path) =>
    relative(root, join(root, path)).replace(/\/$/, ''),
  );
  const known = ['core', 'islands', 'evaluators', 'problems', 'ui', 'test', 'docs', 'bench'];
  const built = ['node_modules', 'dist', 'runs'];
  assert.deepEqual(
    folders.filter((name) => ![...known, ...built].includes(name)),
    [],
  );
});

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '');
}
