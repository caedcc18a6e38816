import assert from 'node:assert/strict';
import { test } from 'node:test';
import { defineProblem } from '../../../core/languages/define-problem.ts';
import type { ProblemDraft } from '../../../core/search/problem.ts';
import { samplesOf } from '../../../evaluators/javascript/samples.ts';
import { findProblem } from '../../../ui/run/find-problem.ts';

const line: ProblemDraft<number, number> = {
  name: 'line',
  brief: 'Find f.',
  language: 'javascript',
  entry: 'f',
  seeds: [{ 'program.js': 'export function f(x, more) {\n  more.y.push(1);\n  return x;\n}\n' }],
  cases: [100, 1000].map((input) => ({ id: `x-${input}`, input, use: 'shown' })),
  harness: (f, n) => {
    let sum = 0;
    for (let i = 0; i < n; i++) sum += f(i, { y: [n] });
    return sum;
  },
  judge: () => ({ score: 0 }),
};

test('calls are kept as they began, spread over all of them, the same each time', async () => {
  const samples = await samplesOf(defineProblem(line));
  assert.equal(samples.length, 48);
  const asked = samples.map(([i, { y }]: any) => ({ i, n: y[0], length: y.length }));
  assert.ok(asked.every(({ length }) => length === 1));
  assert.ok(asked.filter(({ n }) => n === 100).length > 10);
  const late = asked.filter(({ n }) => n === 1000).map(({ i }) => i);
  assert.ok(Math.min(...late) < 100 && Math.max(...late) > 900, late.join());
  assert.deepEqual(await samplesOf(defineProblem(line)), samples);
});

test('what a rule is asked in bin packing is kept', async () => {
  const { problem } = await findProblem('bin-packing-or3');
  const samples = await samplesOf(problem);
  assert.equal(samples.length, 48);
  for (const [item, remaining, capacity] of samples as number[][])
    assert.ok(item! >= 1 && item! <= remaining! && remaining! <= capacity! && capacity === 150);
  assert.ok(new Set(samples.map(String)).size > 40);
});

test('scored cases are never used, and calls without arguments or with other than plain data are skipped', async () => {
  const scored = line.cases.map((each) => ({ ...each, use: 'scored' as const }));
  assert.deepEqual(await samplesOf(defineProblem({ ...line, cases: scored })), []);
  const handed = defineProblem({ ...line, harness: (f) => f(() => 1, { y: [] }) });
  assert.deepEqual(await samplesOf(handed), []);
  const bare = defineProblem({ ...line, harness: (f: any) => f() });
  assert.deepEqual(await samplesOf(bare), []);
  const endless = { ...line, limits: { wallMs: 200, cpuMs: 100 } };
  const spins: ProblemDraft<number, number> = {
    ...endless,
    harness: (f) => {
      for (;;) f(1, { y: [] });
    },
  };
  assert.deepEqual(await samplesOf(defineProblem(spins)), []);
});
