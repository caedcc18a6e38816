import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { defineProblem } from '../../core/languages/define-problem.ts';
import { ConfigError } from '../../core/search/errors.ts';
import { casesFor, type Use } from '../../core/search/problem.ts';
import { type Calls, casesOf, harness, judge, seedFor } from '../../problems/humaneval-js-20/code-set.ts';
import { alike } from '../../problems/humaneval-js-20/plain.ts';
import { tasksFrom } from '../../problems/humaneval-js-20/tasks.ts';
import { testsIn } from '../../problems/humaneval-js-20/tests.ts';
import { junk, load, runAsText } from './guest.ts';

const problem = await load('humaneval-js-20');
const solutions = readFileSync(new URL('../fixtures/solutions.js', import.meta.url), 'utf8');
const seed = Object.values(problem.seeds[0]!)[0]!;
const tasks = tasksFrom(undefined);
const climb: Calls = { task: 'climb', calls: [[[100, 120, 90, 95]], [[]]] };

/** Score of a program on each task. */
const scores = (program: string, use: Use): Record<string, number> =>
  Object.fromEntries(
    casesFor(problem, use).map(({ input }) => {
      const verdict = problem.judge(input, runAsText(problem, program, input));
      return [(input as Calls).task, 'score' in verdict ? verdict.score : Number.NaN];
    }),
  );
const same = (value: number) => Object.fromEntries(tasks.map(({ name }) => [name, value]));

test('the solutions pass all tests, and the seed none', () => {
  for (const use of ['scored', 'held-out'] as const) {
    assert.deepEqual(scores(solutions, use), same(1));
    assert.deepEqual(scores(seed, use), same(0));
  }
});

test('the seed in the folder is the one that is made of the tasks', () => {
  assert.equal(seed, seedFor(tasks));
});

test('there are 20 tasks of eight tests, half of them held out, and none is in both halves', () => {
  assert.equal(tasks.length, 20);
  for (const { name, tests } of tasks) {
    assert.equal(tests.length, 8, name);
    const calls = problem.cases
      .filter(({ input }) => (input as Calls).task === name)
      .map(({ input }) => (input as Calls).calls);
    assert.deepEqual(
      calls.map((each) => each.length),
      [4, 4],
    );
    assert.equal(new Set(calls.flat().map((args) => JSON.stringify(args))).size, 8, name);
    assert.ok(
      new Set(tests.filter((_, k) => k % 2 === 1).map(({ expected }) => JSON.stringify(expected))).size > 1,
      name,
    );
  }
});

test('what is right never enters the sandbox: inputs hold a name and arguments only', () => {
  for (const { input } of problem.cases) assert.deepEqual(Object.keys(input as object), ['task', 'calls']);
});

test('one function that throws, or answers what JSON cannot hold, loses its own tests and no others', () => {
  const answers = [
    'throw new Error("no")',
    'return climb(heights)',
    'return 1n',
    'const a = []; a.push(a); return a',
    'return { toJSON() { throw 1; } }',
    'return undefined',
    'return () => 25',
    'return NaN',
    'return new Proxy({}, { ownKeys() { throw 1; } })',
  ];
  for (const answer of answers) {
    const program = solutions.replace('function climb(heights) {', `function climb(heights) { ${answer};`);
    assert.deepEqual(scores(program, 'scored'), { ...same(1), climb: 0 }, answer);
  }
});

test('the answer is to be the same data: numbers as numbers, lists as lists, and a missing one is not null', () => {
  const nothing = tasksFrom(written({ ...row, test: tests4('null') }));
  const call: Calls = { task: 'f', calls: [[1]] };
  const scoreOf = (output: unknown) => (judge(nothing, call, output) as { score: number }).score;
  assert.equal(scoreOf(harness(() => null, call)), 1);
  assert.equal(scoreOf(harness(() => undefined, call)), 0);
  assert.equal(scoreOf(harness(() => NaN, call)), 0);
  assert.ok(alike({ a: 1, b: [2, { c: null }] }, { b: [2, { c: null }], a: 1 }));
  const different: [unknown, unknown][] = [
    [1, '1'],
    [0, false],
    [0.3, 0.1 + 0.2],
    [[1], [1, 2]],
    [[], {}],
    [['a'], { 0: 'a' }],
    [{ a: 1 }, { a: 1, b: 2 }],
    [{ a: undefined }, { b: undefined }],
    [null, undefined],
    [null, {}],
    ['', []],
  ];
  for (const [a, b] of different) assert.ok(!alike(a, b) && !alike(b, a), JSON.stringify([a, b]));
});

test('the judge rejects what the harness does not return, and takes no text for an answer that is none', () => {
  const attacks: unknown[] = [
    ...junk,
    ['{"value":25}'],
    ['{"value":25}', '{"value":0}', '{}'],
    { 0: 1, 1: 2, length: 2 },
  ];
  for (const output of attacks) assert.ok('invalid' in judge(tasks, climb, output), JSON.stringify(output));
  const scoreOf = (...output: unknown[]) => (judge(tasks, climb, output) as { score: number }).score;
  assert.equal(scoreOf('{"value":25}', '{"value":0}'), 1);
  assert.equal(scoreOf('{"value":25}', '{"value":1}'), 0.5);
  for (const none of [
    25,
    null,
    '',
    '25',
    'null',
    '{"value"',
    '{"__proto__":{"value":25}}',
    { value: 25 },
    ['{"value":25}'],
  ])
    assert.equal(scoreOf(none, none), 0, JSON.stringify(none));
});

test('feedback names a failed test and what was expected, in few words', () => {
  const verdict = judge(tasks, climb, ['{"value":25}', '{}']);
  assert.equal('score' in verdict && verdict.feedback, 'climb([]): expected 0, got none');
  const long = judge(tasks, climb, [JSON.stringify({ value: 'x'.repeat(1000) }), '{}']);
  assert.ok('score' in long && long.feedback!.length < 200);
});

test('tests are read as data and never run', () => {
  const read = (text: string) => testsIn(text, 'f');
  assert.deepEqual(
    read('var arg00 = [1, -2, "x"]; var arg01 = { a: true }; var x0 = f(arg00, arg01); var v0 = null;'),
    [{ args: [[1, -2, 'x'], { a: true }], expected: null }],
  );
  assert.deepEqual(read('var x0 = f(1, (-2)); var v0 = [[]];'), [{ args: [1, -2], expected: [[]] }]);
  const none = [
    'var x0 = f(process.exit()); var v0 = 1;',
    'var x0 = f(arg00); var v0 = 1;',
    'var arg00 = globalThis.touched = 1; var x0 = f(arg00); var v0 = 1;',
    'var x0 = f(1); var v0 = f(1);',
    'var x0 = f(1); var v0 = [1, , 2];',
    'var x0 = f(1); var v0 = [...[1]];',
    'var x0 = f(1); var v0 = { [1]: 2 };',
    'var x0 = f(1); var v0 = { get a() { return 1; } };',
    'var x0 = f(1); var v0 = { a() {} };',
    'var x0 = f(1); var v0 = { __proto__: null };',
    'var x0 = f(1); var v0 = 1n;',
    'var x0 = f(1); var v0 = /a/;',
    'var x0 = f(1); var v0 = 1e999;',
    'var x0 = f(1); var v0 = NaN;',
    'var x0 = f(1); var v0 = undefined;',
    'var x0 = f(1); var v0 = -"1";',
    'var x0 = g(1); var v0 = 1;',
    'var x0 = f(1); var v1 = 1;',
    'var x0 = f(1; var v0 = 1;',
  ];
  for (const text of none) assert.deepEqual(read(text), [], text);
  assert.equal('touched' in globalThis, false);
  assert.equal(read('var x0 = f(1); var v0 = 1; var x1 = f(1); var v1 = 2;').length, 1);
});

const folder = mkdtempSync(join(tmpdir(), 'atoll-tasks-'));
after(() => rmSync(folder, { recursive: true }));
const row = { task_id: 'x/0', prompt: '/** One. */\nfunction f(a) {\n', entry_point: 'f', test: '' };
let files = 0;

/** A file with these tasks. */
function written(...rows: (object | string)[]): string {
  const path = join(folder, `${files++}.jsonl`);
  writeFileSync(
    path,
    rows.map((each) => (typeof each === 'string' ? each : JSON.stringify(each))).join('\n'),
  );
  return path;
}

/** Four tests whose answer is a literal. */
function tests4(literal: string): string {
  return [1, 2, 3, 4].map((k) => `var x${k} = f(${k}); var v${k} = ${literal};`).join('\n');
}

test('a file of tasks may be plain or gzip, and what cannot be used is passed over', () => {
  const good = { ...row, test: tests4('1') };
  const path = written(
    { ...good, test: tests4('Infinity') },
    { ...good, test: tests4('1').split('\n').slice(1).join('\n') },
    { ...good, prompt: 'const f = (a) => {' },
    { ...good, prompt: 'function g(a) {' },
    { ...good, prompt: `/** EVOLVE-BLOCK-END */ ${good.prompt}` },
    {
      ...good,
      prompt: 'function dispatch(a) {',
      entry_point: 'dispatch',
      test: tests4('1').replaceAll('f(', 'dispatch('),
    },
    '',
    good,
    good,
  );
  assert.deepEqual(
    tasksFrom(path).map(({ name, tests }) => [name, tests.length]),
    [['f', 4]],
  );
  const zipped = join(folder, 'zipped');
  writeFileSync(zipped, gzipSync(readFileSync(path)));
  assert.deepEqual(tasksFrom(zipped), tasksFrom(path));
});

test('a file that is none of tasks is one error that says where', () => {
  const wrong: [path: string, what: RegExp][] = [
    [join(folder, 'absent'), /^Expected ATOLL_TASKS to name a file of tasks, got ENOENT/],
    [folder, /^Expected ATOLL_TASKS to name a file of tasks, got EISDIR/],
    [written('{}'), /^Expected an object with the texts .* \(ATOLL_TASKS, line 1\)$/],
    [written({ ...row, test: tests4('1') }, 'no JSON'), /line 2/],
    [written({ ...row, test: 4 }), /line 1/],
    [written('[]', 'null'), /line 1/],
    [written('null'), /line 1/],
    [written(row), /^Expected a file with tasks that can be used/],
    [written(), /^Expected a file with tasks that can be used/],
  ];
  for (const [path, what] of wrong) {
    assert.throws(
      () => tasksFrom(path),
      (error: Error) => error instanceof ConfigError && what.test(error.message),
      path,
    );
  }
});

test('the digest of a program depends on its tasks, answers included', () => {
  const seedOf = (literal: string) => seedFor(tasksFrom(written({ ...row, test: tests4(literal) })));
  assert.notEqual(seedOf('1'), seedOf('2'));
  assert.equal(seedOf('1'), seedOf('(1)'));
});

const data = `${process.env.ATOLL_DATA ?? '../shared/data'}/HumanEval_javascript_v1.1.jsonl.gz`;

test('the public set gives 20 tasks, and a problem that can be searched', {
  skip: existsSync(data) ? false : `${data} is absent`,
}, () => {
  const found = tasksFrom(data);
  assert.equal(found.length, 20);
  assert.equal(found[0]!.name, 'hasCloseElements');
  assert.equal(found[0]!.tests.length, 7);
  const open = { ...problem, seeds: [{ 'a.js': seedFor(found) }], cases: casesOf(found) };
  assert.equal(defineProblem(open).cases.length, 40);
  for (const { input } of open.cases) {
    const verdict = judge(found, input as Calls, runAsText(open, seedFor(found), input));
    assert.equal('score' in verdict && verdict.score, 0);
  }
});
