import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cached } from '../../evaluators/cache.ts';
import { openPool, openRunner } from '../../evaluators/javascript/pool.ts';
import { keyFor } from '../../ui/run/compose.ts';
import { evaluatorContract } from '../contracts/evaluator.ts';
import { four, type Programs, runnerContract } from '../contracts/runner.ts';
import { doubling } from './doubling.ts';

const one = { workers: 1, isolation: 'context' } as const;
const program = (text: string) => ({ 'program.js': text });

const programs: Programs = {
  doubles: (mark) => program(`// ${mark}\nexport const f = (x) => x * 2;`),
  failsOnThree: program('export const f = (x) => { if (x === 3) throw new Error("three"); return x * 2; };'),
  endless: program('export const f = () => { for (;;); };'),
  long: program('export const f = () => "x".repeat(1e6);'),
  hoards: program('export const f = () => { for (const all = []; ; ) all.push(new Array(1e6).fill(1)); };'),
  broken: program('export const f = ('),
};

for (const isolation of ['context', 'isolate'] as const) {
  runnerContract(`of isolates (${isolation})`, programs, () =>
    openRunner(
      {
        language: 'javascript',
        entry: 'f',
        harness: '(entry, input) => entry(input)',
        limits: { wallMs: 2000, cpuMs: 1000, memoryMb: 64, outputBytes: 100_000 },
        batch: four.length,
        known: [four],
      },
      { workers: 1, isolation },
    ),
  );
}

evaluatorContract('that judges beside the engine', doubling, (problem) => openPool(problem, one));

const module = `data:text/javascript,export default {
  judge: (input, output) => (output === input * 2 ? { score: 1 } : { invalid: 'got ' + output }),
  residuals: (input, output) => [output - 2 * input],
}`;
evaluatorContract(
  'that judges in its threads',
  (changes) => doubling({ module, ...changes }),
  (problem) => openPool(problem, one),
);
evaluatorContract('with a memory', doubling, async (problem) =>
  cached(await openPool(problem, one), keyFor(problem), 10),
);

test('evaluating, measuring and drawing judge in one place: in the threads of a problem that they can load', async () => {
  const where = `data:text/javascript,import { isMainThread } from 'node:worker_threads';
    const say = () => String(isMainThread);
    export default { judge: () => ({ score: 1, feedback: say() }), residuals: () => [isMainThread ? 1 : 0], picture: say }`;
  const residuals = () => [];
  const picture = () => '';
  await using pool = await openPool(doubling({ module: where, residuals, picture }), one);
  const found = [
    await pool.evaluate(programs.doubles(0), 'scored', 'a'),
    await pool.measure(programs.doubles(0), 'scored', 'b'),
    await pool.draw(programs.doubles(0), 'scored', 'c'),
  ];
  for (const { outcome } of found) assert.equal(outcome.feedback, 'case one: false\ncase two: false');
  assert.deepEqual((await pool.measure(programs.doubles(0), 'scored', 'd')).residuals, [0, 0]);
  assert.equal((await pool.draw(programs.doubles(0), 'scored', 'e')).picture, 'false');
});

test('a problem that is one of several in a module is judged by its own judge', async () => {
  const several = `data:text/javascript,
    export default { name: 'first', judge: () => ({ score: 1 }) };
    export const variants = [{ name: 'doubling', judge: () => ({ score: 2 }) }];`;
  await using pool = await openPool(doubling({ module: several }), one);
  const { outcome } = await pool.evaluate(programs.doubles(0), 'scored', 'a');
  assert.ok(outcome.status === 'scored' && outcome.score === 2);
});
