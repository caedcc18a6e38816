import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { defineProblem } from '../../core/languages/define-problem.ts';
import { type Law, laws } from '../../problems/symbolic-regression/laws.ts';
import { variants } from '../../problems/symbolic-regression/problem.ts';
import { harness, judge, seedFor } from '../../problems/symbolic-regression/regression.ts';
import { junk, load } from './guest.ts';

const double: Law = {
  id: 'double',
  equation: '-',
  variables: [{ name: 'x', low: 0, high: 1 }],
  formula: '2 x',
  value: (x) => 2 * x!,
};
const three = { points: [[0], [1], [2]] };
const scoreOf = (output: unknown) => (judge(double, three, output) as { score: number }).score;

test('the law itself scores 12, the mean 0, and a hundredth of the variance 2', () => {
  assert.equal(scoreOf([0, 2, 4]), 12);
  assert.equal(Object.is(scoreOf([2, 2, 2]), 0), true);
  // Variance 8 (as a sum), errors of 0.08.
  assert.ok(Math.abs(scoreOf([0.2, 2.2, 4]) - 2) < 1e-12);
});

test('scores stay within -12 and 12, overflow included', () => {
  assert.equal(scoreOf([1e308, -1e308, 1e308]), -12);
  assert.equal(scoreOf([1e30, 2, 4]), -12);
  assert.equal(scoreOf([1e-9, 2, 4]), 12);
});

test('the judge rejects what is not a value for each point', () => {
  const sparse = [0, 2, 4];
  delete sparse[1];
  const attacks: unknown[] = [
    ...junk,
    [],
    [0, 2],
    [0, 2, 4, 6],
    [0, 2, null],
    [0, 2, NaN],
    [0, 2, Infinity],
    [0, 2, '4'],
    [0, 2, [4]],
    [0, 2, true],
    [[0], [2], [4]],
    sparse,
    { 0: 0, 1: 2, 2: 4, length: 3 },
  ];
  for (const output of attacks) assert.ok('invalid' in judge(double, three, output), JSON.stringify(output));
});

test('laws have the values that hand calculation gives', () => {
  const value = (id: string, ...x: number[]) => laws.find((law) => law.id === id)!.value(...x);
  const near = (got: number, want: number) =>
    assert.ok(Math.abs(got - want) < 1e-12, `${got} is not ${want}`);
  near(value('centre-of-mass', 1, 3, 2, 6), 5);
  near(value('lens', 2, 4, 2), 1);
  near(value('velocity-addition', 1, 1, 1), 1);
  near(value('distance', 1, 4, 1, 5), 5);
  near(value('relativistic-mass', 4, 3, 5), 5);
  near(value('lorentz-force', 2, 3, 4, 5, Math.PI / 2), 46);
  near(value('isothermal-work', 2, 3, 4, 1, Math.E), 24);
  near(value('interference', 3, 4, Math.PI / 2, 0), 5);
  near(value('gaussian', 1, 0), 0.3989422804014327);
  near(value('anharmonic-oscillator', 2, Math.PI, 1, 3), 4);
});

test('each law is a problem of its own: finite on its cases, and solved by its formula', () => {
  assert.equal(new Set(laws.map(({ id }) => id)).size, 10);
  for (const [k, draft] of variants.entries()) {
    const problem = defineProblem(draft);
    const law = laws[k]!;
    for (const { input } of problem.cases) {
      assert.ok(input.points.every((point) => point.length === law.variables.length));
      const verdict = problem.judge(input, harness(law.value, input)) as { score: number };
      assert.equal(verdict.score, 12, law.id);
    }
  }
});

test('values never enter the sandbox: inputs hold arguments only', async () => {
  const problem = await load('symbolic-regression');
  for (const { input } of problem.cases) assert.deepEqual(Object.keys(input), ['points']);
});

test('the seed in the folder is the one that is made for its law', async () => {
  const url = new URL('../../problems/symbolic-regression/seed.js', import.meta.url);
  assert.equal(readFileSync(url, 'utf8'), seedFor(laws.find(({ id }) => id === 'velocity-addition')!));
});

test('the brief shows values of the shown case and does not give the formula away', async () => {
  const { brief, cases } = await load('symbolic-regression');
  const [u, v, c] = cases[0]!.input.points[0];
  assert.ok(brief.includes(((u + v) / (1 + (u * v) / c ** 2)).toPrecision(8)));
  assert.doesNotMatch(brief, /relativ|velocit|u \+ v/i);
});
