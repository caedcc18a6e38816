import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { findProblem, shippedProblems } from '../../../ui/run/find-problem.ts';
import { changesOf, hashOf, isHashOf, partsOf } from '../../../ui/run/problem-hash.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));

const files = {
  'problem.ts': `import { exact } from './exact.ts';
import { readFileSync } from 'node:fs';
const bound = Number(readFileSync(new URL('./bound.txt', import.meta.url), 'utf8'));
export default {
  name: 'own',
  brief: 'Return a number.',
  language: 'javascript',
  entry: 'f',
  seeds: [{ 'program.js': 'export const f = () => 1;' }],
  cases: [{ id: 'one', input: 1, use: 'scored' }, { id: 'two', input: 2, use: 'held-out' }],
  judge: (input: number, output: number) => ({ score: Math.min(bound, exact(input, output)) }),
};
`,
  'exact.ts': `import { far } from './far.ts';
export const exact = (input: number, output: unknown): number => far(Number(output) - input);
`,
  'far.ts': 'export const far = (x: number) => -Math.abs(x);\n',
  'bound.txt': '7',
};

/** The hash of a problem of these files, with some of them changed. */
async function hashed(changes: Partial<typeof files> = {}): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'atoll-hash-'));
  try {
    for (const [name, text] of Object.entries({ ...files, ...changes }))
      writeFileSync(join(folder, name), text);
    return hashOf((await findProblem(folder)).problem);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const swap = (name: keyof typeof files, from: string, to: string) => {
  assert.ok(files[name].includes(from));
  return { [name]: files[name].replace(from, to) };
};

test('all that a score rests on changes the hash: what the judge imports, how far away, and the data it reads', async () => {
  const before = await hashed();
  assert.equal(await hashed(), before);
  const changes = [
    swap('far.ts', '-Math.abs(x)', '-(x ** 2)'),
    swap('exact.ts', 'Number(output) - input', 'Number(output) - 2 * input'),
    swap('problem.ts', 'Math.min', 'Math.max'),
    swap('problem.ts', 'judge:', 'residuals: (i: number, o: number) => [o - i],\n  judge:'),
    swap('problem.ts', 'judge:', 'prepare: (source: object) => source,\n  judge:'),
    swap('problem.ts', 'judge:', 'limits: { wallMs: 900 },\n  judge:'),
    swap('problem.ts', 'input: 1', 'input: 3'),
    { 'bound.txt': '8' },
  ];
  for (const change of changes) assert.notEqual(await hashed(change), before, JSON.stringify(change));
});

test('words, layout, comments and types do not change the hash', async () => {
  const before = await hashed();
  const changes = [
    swap('problem.ts', 'Return a number.', 'Return a better number.'),
    swap('problem.ts', 'judge:', "references: [{ name: 'best', score: 1, source: 'here' }],\n  judge:"),
    swap('far.ts', 'export', '// How far.\nexport'),
    swap('exact.ts', ': unknown', ': number'),
  ];
  for (const change of changes) assert.equal(await hashed(change), before, JSON.stringify(change));
});

test('the parts say what a recorded score may rest on: seeds, held-out cases and wider limits are no such thing', async () => {
  const { problem } = await findProblem('cap-set-8');
  const before = partsOf(problem);
  const limits = { ...problem.limits, wallMs: problem.limits.wallMs * 2 };
  const held = problem.cases.filter(({ use }) => use !== 'held-out');
  const harmless = { ...problem, limits, cases: held, seeds: [...problem.seeds, ...problem.seeds] };
  assert.notEqual(hashOf(harmless), hashOf(problem));
  assert.deepEqual(changesOf(before, harmless), []);
  assert.deepEqual(changesOf(before, { ...problem, limits: { ...limits, wallMs: 1 } }), ['limits']);
  assert.deepEqual(changesOf(before, { ...problem, entry: 'other' }), ['call']);
});

test('the hashes that the version before kept of shipped problems are still known', async () => {
  const kept = new URL('../../fixtures/journal/hashes.json', import.meta.url);
  const hashes: Record<string, string> = JSON.parse(readFileSync(kept, 'utf8'));
  assert.ok(Object.keys(hashes).length >= shippedProblems().length);
  for (const [name, hash] of Object.entries(hashes)) {
    const { problem } = await findProblem(name);
    assert.ok(isHashOf(hash, problem), name);
    assert.notEqual(hash, hashOf(problem), name);
  }
});

test('a hash that an earlier version kept is not that of a problem whose functions are other ones', async () => {
  const run = new URL('../../fixtures/journal/version-1/run.json', import.meta.url);
  const { name, hash } = JSON.parse(readFileSync(run, 'utf8')).problem;
  const { problem } = await findProblem(name);
  assert.ok(isHashOf(hash, problem));
  const harness = (entry: (...args: unknown[]) => unknown) => entry();
  assert.ok(!isHashOf(hash, { ...problem, harness }));
  assert.ok(!isHashOf(hash, { ...problem, judge: () => ({ score: 1 }) }));
});

test('sources and a build have the same hashes, so that each goes on with the other’s runs', async () => {
  const cache = join(root, 'node_modules', '.cache');
  mkdirSync(cache, { recursive: true });
  const dist = mkdtempSync(join(cache, 'atoll-build-'));
  try {
    execFileSync(process.execPath, [join(root, 'ui', 'build.mjs'), dist], { stdio: 'pipe' });
    cpSync(join(root, 'package.json'), join(dist, '..', 'package.json'));
    const at = (file: string) => JSON.stringify(pathToFileURL(join(dist, 'ui', file)).href);
    const names = [...shippedProblems(), 'symbolic-regression-lens'];
    const script = `const { findProblem } = await import(${at('run/find-problem.js')});
      const { hashOf } = await import(${at('run/problem-hash.js')});
      const all = [];
      for (const name of ${JSON.stringify(names)}) all.push([name, hashOf((await findProblem(name)).problem)]);
      console.log(JSON.stringify(all));`;
    const built = execFileSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' });
    const here: [string, string][] = [];
    for (const name of names) here.push([name, hashOf((await findProblem(name)).problem)]);
    assert.deepEqual(JSON.parse(built), here);
  } finally {
    rmSync(dist, { recursive: true, force: true });
    rmSync(join(cache, 'package.json'), { force: true });
  }
});
