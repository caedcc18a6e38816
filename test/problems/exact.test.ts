import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { exact, exactSum, quotient } from '../../problems/exact.ts';

const ulp = 2 ** -53;

test('doubles become whole numbers without loss', () => {
  assert.equal(exact(5e-324), 1n);
  assert.equal(exact(1), 1n << 1074n);
  assert.equal(exact(-0.75), -(3n << 1072n));
  assert.equal(exact(-0), 0n);
  assert.equal(exact(2 ** -1022), 1n << 52n);
});

test('the sum of radii does not depend on their order', () => {
  assert.equal(exactSum([1, ulp, ulp]), 1 + 2 * ulp);
  assert.equal(exactSum([ulp, ulp, 1]), exactSum([1, ulp, ulp]));
  assert.notEqual(1 + ulp + ulp, 1 + 2 * ulp);
});

test('a quotient is the nearest double, and ties go to the even one', () => {
  const whole = fc.integer({ min: 0, max: 2 ** 53 - 1 });
  const under = fc.integer({ min: 1, max: 2 ** 53 - 1 });
  // IEEE division of two exact doubles is rounded to nearest, ties to even: the language's own is the witness.
  fc.assert(fc.property(whole, under, (a, b) => quotient(BigInt(a), BigInt(b)) === a / b));
  const one = 1n << 60n;
  const half = one >> 53n;
  assert.equal(quotient(one + half, one), 1);
  assert.equal(quotient((one + half) * 3n + 1n, one * 3n), 1 + 2 * ulp);
  assert.equal(quotient(one + 3n * half, one), 1 + 4 * ulp);
});

test('a quotient that is far too small to matter is 0, and one of two huge numbers is not', () => {
  assert.equal(quotient(1n, 1n << 2000n), 0);
  assert.equal(quotient(0n, 7n), 0);
  assert.equal(quotient(3n << 5000n, 4n << 5000n), 0.75);
});
