import assert from 'node:assert/strict';
import { test } from 'node:test';
import { defineProblem } from '../../core/languages/define-problem.ts';
import type { Problem } from '../../core/search/problem.ts';
import type { Source } from '../../core/search/program.ts';
import { openPool } from '../../evaluators/javascript/pool.ts';
import { hashOf, isHashOf } from '../../ui/run/problem-hash.ts';
import { load } from '../problems/guest.ts';
import { outcomeIn } from './doubling.ts';

const plain = {
  name: 'plain',
  brief: 'Answer 7.',
  language: 'javascript' as const,
  entry: 'f',
  seeds: [{ 'a.js': 'export const f = () => 1;' }],
  cases: [{ id: 'one', input: 0, use: 'scored' as const }],
  judge: (_: number, output: unknown) =>
    typeof output === 'number' ? { score: output } : { invalid: 'no number' },
};
const withPrepare = (prepare: NonNullable<Problem['prepare']>) => defineProblem({ ...plain, prepare });

const outcome = async (problem: Problem, source: Source) => {
  await using pool = await openPool(problem, { workers: 1, isolation: 'context' });
  return await outcomeIn(pool, source, 'scored');
};

test('what is run is what prepare made of the program', async () => {
  const problem = withPrepare((source) => ({ 'a.js': source['a.js']!.replace('1', '7') }));
  const made = await outcome(problem, problem.seeds[0]!);
  assert.equal(made.status === 'scored' && made.score, 7);
});

test('a program that prepare refuses is refused, in its words', async () => {
  const problem = withPrepare(() => ({ refused: 'expected fewer letters' }));
  assert.deepEqual(await outcome(problem, problem.seeds[0]!), {
    status: 'refused',
    feedback: 'expected fewer letters',
  });
});

test('a prepare that throws or returns no program refuses that program and says what it did', async () => {
  const broken: (() => any)[] = [
    () => {
      throw new Error('broken');
    },
    () => undefined,
    () => ({}),
    () => ({ 'a.js': 4 }),
  ];
  for (const prepare of broken) {
    const problem = withPrepare(prepare);
    const { status, feedback } = await outcome(problem, problem.seeds[0]!);
    assert.equal(status, 'refused');
    assert.match(
      feedback,
      /^Expected prepare of plain to return a program .*, got (Error: broken|nothing|`\{)/,
    );
  }
  assert.throws(() => withPrepare(4 as any), /Expected `prepare` to be a function, got `number`/);
});

test('a problem that a thread can load prepares its programs there', async () => {
  const url = new URL('../../problems/kernel-speed/problem.ts', import.meta.url);
  const problem = { ...(await load('kernel-speed')), module: url.href };
  const seed = problem.seeds[0]!;
  const scored = await outcome(problem, seed);
  assert.equal(scored.status === 'scored' && scored.score, 0);
  const text = Object.values(seed)[0]!.replace('return sum', 'return String(sum)');
  const refused = await outcome(problem, { 'a.js': text });
  assert.match(refused.status === 'refused' ? refused.feedback : '', /^20:10 expected a call of a function/);
});

test('a journal is not carried on with another prepare, and is with none as it was before there were any', () => {
  const none = hashOf(defineProblem(plain));
  const one = hashOf(withPrepare((source) => source));
  const other = hashOf(withPrepare(() => ({ refused: 'no' })));
  assert.equal(new Set([none, one, other]).size, 3);
  const before = 'b0b6d97ec1671b042d165b46b4dcdb6f44a04548732a9413af486cdb289acfb5';
  assert.ok(
    isHashOf(before, defineProblem(plain)) &&
      !isHashOf(
        before,
        withPrepare((source) => source),
      ),
  );
});
