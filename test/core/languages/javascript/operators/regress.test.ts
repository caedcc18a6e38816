import assert from 'node:assert/strict';
import { test } from 'node:test';
import { literal } from '../../../../../core/languages/javascript/operators/expression.ts';
import { product } from '../../../../../core/languages/javascript/operators/factor.ts';
import {
  explained,
  normalEquationsOf,
  solveSymmetric,
  stepOf,
} from '../../../../../core/languages/javascript/operators/least-squares.ts';
import { levenbergMarquardt } from '../../../../../core/languages/javascript/operators/levenberg-marquardt.ts';
import { linkUpdates } from '../../../../../core/languages/javascript/operators/link-functions.ts';
import { regress } from '../../../../../core/languages/javascript/operators/regress.ts';
import { comparison } from '../../../../../core/search/comparison.ts';
import { outcomeOf } from '../../../../../core/search/outcome.ts';
import type { Source } from '../../../../../core/search/program.ts';
import { best, constant, type Law, tell, tried } from './laws.ts';

test('least squares brings both numbers of a curve to their values, to the last digits that are written', () => {
  const law: Law = (x) => 2.5 * Math.exp(-0.7 * x);
  const write = ([a, b]: readonly number[]): Source => ({
    'p.js': `export function f(x) { return ${1 + a!} * Math.exp(${-0.2 + b!} * x); }`,
  });
  const start = { point: [0, 0], score: -10 };
  const { result, runs } = tell(levenbergMarquardt(start, write, 60), law);
  assert.ok(result.score > 14, `${result.score}`);
  assert.ok(Math.abs(result.point[0]! - 1.5) < 1e-6 && Math.abs(result.point[1]! + 0.5) < 1e-6);
  assert.ok(runs <= 60, `${runs}`);
});

test('least squares stops where the budget ends and gives the best it has seen', () => {
  const law: Law = (x) => 3 * x;
  const write = ([a]: readonly number[]): Source => ({
    'p.js': `export function f(x) { return ${1 + a!} * x; }`,
  });
  const { result, runs } = tell(levenbergMarquardt({ point: [0], score: -1 }, write, 60), law, 3);
  assert.ok(runs <= 6 && result.score >= -1);
});

test('a product of powers is found from a constant within a few trials', () => {
  assert.ok(best(regress, (x, y, z) => (3 * x * y) / z, constant, 12, 1501) > 12);
});

test('a sum of two terms is found', () => {
  assert.ok(best(regress, (x, y, z) => 2 * x * y + 0.5 * z * z, constant, 16, 1501) > 10);
});

test('a sum that hides in a denominator is found through its link', () => {
  assert.ok(best(regress, (x, y) => 1 / (1 / x + 2 / y), constant, 30, 1501) > 10);
});

test('a trial keeps to its allowance', () => {
  for (const allowance of [61, 90, 200]) {
    const { runs } = tried(regress, (x, y, z) => x * y - z, constant, 3, allowance);
    assert.ok(runs <= allowance - 1, `${runs} of ${allowance}`);
  }
});

test('a program that fails itself, or has no site to add to, yields no child and says why', () => {
  const { result } = tried(regress, (x) => x, 'export function f() {\n  return 1;\n}\n', 1, 1501);
  assert.deepEqual(result, { malformed: 'nothing in scope to add' });
});

test('every update under a link leaves an expression as it is where the sum is 0', () => {
  for (const update of linkUpdates) {
    const { text } = update(literal(2.5), literal(0));
    assert.ok(Math.abs(new Function(`return ${text}`)() - 2.5) < 1e-12, text);
  }
});

test('equal factors of a product are one, and those that cancel are gone', () => {
  const x = { text: 'x', level: 18 };
  const y = { text: 'y', level: 18 };
  assert.equal(
    product([
      { of: x, power: 1 },
      { of: y, power: -2 },
      { of: x, power: 1 },
    ]).text,
    'x ** 2 / y ** 2',
  );
  assert.equal(
    product([
      { of: x, power: 1 },
      { of: x, power: -1 },
    ]).text,
    '1',
  );
  assert.equal(
    product([
      { of: x, power: -1 },
      { of: y, power: 0.5 },
    ]).text,
    'Math.sqrt(y) / x',
  );
});

test('linear equations are solved, and a singular matrix is not', () => {
  const a = [
    [4, 1, 0],
    [1, 3, 1],
    [0, 1, 2],
  ];
  const x = solveSymmetric(a, [6, 10, 8])!;
  a.forEach((row, i) => {
    assert.ok(Math.abs(row.reduce((sum, each, j) => sum + each * x[j]!, 0) - [6, 10, 8][i]!) < 1e-12);
  });
  assert.equal(
    solveSymmetric(
      [
        [1, 1],
        [1, 1],
      ],
      [1, 2],
    ),
    undefined,
  );
});

test('slopes tell what one more term explains: all of it, or nothing that others do not', () => {
  // r0 = -b, and columns a = (1, 0), b = (0, 1), 2b.
  const rows = [
    [0, -1],
    [1, 0],
    [0, 1],
    [0, 2],
  ];
  const products = rows.map((p) => rows.map((q) => p[0]! * q[0]! + p[1]! * q[1]!));
  const slopes = normalEquationsOf(products, 1);
  assert.equal(explained(slopes, [], 0), 0);
  assert.ok(explained(slopes, [], 1) > 1 - 1e-9);
  assert.ok(explained(slopes, [1], 2) < 1e-6);
  assert.deepEqual(stepOf(slopes, [1], 0), [0, 1, 0]);
});

test('what is compared are differences: small ones are not lost beside large residuals', () => {
  const scored = outcomeOf([{ case: 'one', score: 1 }]);
  const { products } = comparison([
    { outcome: scored, residuals: [1e8, 1] },
    { outcome: scored, residuals: [1e8, 1 + 1e-6] },
    { outcome: { status: 'crashed', feedback: '' } },
  ]);
  assert.ok(Math.abs(products[1]![1]! - 1e-12) < 1e-18);
  assert.deepEqual(products[2], [0, 0, 0]);
  assert.deepEqual(products[0]![1], products[1]![0]);
});
