import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { convolved, judge } from '../../problems/autocorrelation-1/judge.ts';
import { junk, load } from './guest.ts';
import { standsAlone } from './well-formed.ts';

const rules = { most: 200, highest: 1000, sum: 1 };
const score = (output: unknown) => (judge(rules, output) as { score: number }).score;

test('a constant has 2, whatever its height and however many steps it has', () => {
  for (const n of [1, 2, 7, 200]) {
    for (const height of [1, 1000, 512.5]) assert.equal(score(Array(n).fill(height)), -2);
  }
});

test('steps worked out by hand have the bound they have', () => {
  // f * f is 1, 4, 4: 2 times 2 times 4 over 3 squared.
  assert.equal(score([1, 2]), -16 / 9);
  // f * f is 4, 4, 9, 4, 4: 2 times 3 times 9 over 5 squared.
  assert.equal(score([2, 1, 2]), -54 / 25);
  // One step among many is a narrow peak.
  assert.equal(score([0, 0, 1, 0]), -8);
});

test('the exact bound is that of the plain definition, but for rounding', () => {
  const heights = fc.array(fc.double({ min: 1, max: 1000, noNaN: true }), { minLength: 1, maxLength: 40 });
  fc.assert(
    fc.property(heights, (given) => {
      const n = given.length;
      const values = new Array(2 * n - 1).fill(0);
      for (const [i, a] of given.entries()) for (const [j, b] of given.entries()) values[i + j] += a * b;
      const bound = (2 * n * Math.max(...values)) / given.reduce((sum, each) => sum + each, 0) ** 2;
      return Math.abs(score(given) + bound) < 1e-12 * bound;
    }),
    { numRuns: 300 },
  );
});

test('no heights get under the proved bound of 1.28', () => {
  const heights = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 2, maxLength: 200 });
  fc.assert(fc.property(heights, (given) => !(score([...given, 1]) > -1.28)));
});

test('a product of polynomials is a convolution', () => {
  assert.deepEqual(convolved([1n, 2n, 3n]), [1n, 4n, 10n, 12n, 9n]);
  assert.deepEqual(convolved([7n]), [49n]);
});

test('the judge rejects what are no 1 to 200 heights from 0 to 1000 of sum 1', () => {
  const attacks: unknown[] = [
    ...junk.filter((each) => !Array.isArray(each)),
    [],
    [[]],
    [[1]],
    new Array(3),
    Array(201).fill(1),
    [1, NaN],
    [1, null],
    [1, Infinity],
    [1, '1'],
    [1, [1]],
    [1, -5e-324],
    [1, -1e-9],
    [2, -1, 2],
    [1, 1000.0000000000001],
    [1, 1e308],
    // Heights whose products vanish, and so would the bound.
    [0],
    Array(200).fill(0),
    Array(200).fill(1e-161),
    Array(200).fill(5e-324),
    [1 - 2 ** -30],
    { 0: 1, length: 1 },
  ];
  for (const output of attacks) assert.ok('invalid' in judge(rules, output), JSON.stringify(output));
});

test('a sum of exactly 1 is enough', () => {
  assert.equal(score([1]), -2);
  assert.equal(score([0.5, 0.5]), -2);
  assert.equal(score(Array(128).fill(2 ** -7)), -2);
});

test('heights too small to be read are 0, in the square as in the sum', () => {
  assert.equal(score([1, 1e-161]), score([1, 0]));
  assert.equal(score([1, -0]), score([1, 0]));
});

test('the picture shows the steps in units of their mean, and says the bound', async () => {
  const { picture } = await load('autocorrelation-1');
  const drawn = picture!(rules, [100, 200]);
  standsAlone(drawn);
  assert.match(drawn, /<title>2 steps, bound 1\.77777778<\/title>/);
  assert.match(drawn, />1\.33</);
});
