import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { ahead, holm, mannWhitney, median, quantile, shift } from '../../bench/statistics.ts';

const close = (value: number, expected: number, within = 1e-12) =>
  assert.ok(Math.abs(value - expected) <= within, `${value} is not ${expected}`);

test('quartiles lie on straight lines between the values, and an infinite value does no harm', () => {
  assert.equal(median([3, 1, 2]), 2);
  assert.equal(median([4, 1, 2, 3]), 2.5);
  assert.equal(quantile([1, 2, 3, 4, 5], 0.25), 2);
  assert.equal(quantile([1, 2, 3, 4], 0.25), 1.75);
  assert.equal(median([Number.NEGATIVE_INFINITY, 1, 2]), 1);
  assert.equal(median([Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY]), Number.NEGATIVE_INFINITY);
});

test('samples that do not meet have the p of the two extreme deals', () => {
  assert.deepEqual(mannWhitney([1, 2, 3], [4, 5, 6]), { u: 0, p: 2 / 20 });
  assert.deepEqual(mannWhitney([4, 5, 6], [1, 2, 3]), { u: 9, p: 2 / 20 });
  const ten = Array.from({ length: 10 }, (_, i) => i);
  close(
    mannWhitney(
      ten,
      ten.map((each) => each + 10),
    ).p,
    2 / 184756,
  );
});

test('with ties p counts the deals of the same values, as by hand', () => {
  // Ranks 1.5 1.5 3.5 3.5 5.5 5.5: of 20 deals two sum to 6.5 and two to 14.5, as far from the mean of 10.5.
  assert.deepEqual(mannWhitney([1, 1, 2], [2, 3, 3]), { u: 0.5, p: 4 / 20 });
  assert.deepEqual(mannWhitney([1, 1], [1, 2]), { u: 1, p: 1 });
  assert.deepEqual(mannWhitney([7, 7, 7], [7, 7]), { u: 3, p: 1 });
});

test('a textbook sample has its p, exact and by the normal approximation', () => {
  // The example of scipy.stats.mannwhitneyu: exact 1/9, approximate 0.11134688653314041.
  const [a, b] = [
    [19, 22, 16, 29, 24],
    [20, 11, 17, 12],
  ] as const;
  assert.equal(mannWhitney(a, b).u, 17);
  close(mannWhitney(a, b).p, 1 / 9);
  close(mannWhitney(a, b, 0).p, 0.11134688653314041, 1e-9);
});

test('the approximation has the known tails of the normal distribution', () => {
  // 200 values each, apart by design: u is 0, z = (20000 - 0.5) / sqrt(200 * 200 * 401 / 12).
  const a = Array.from({ length: 200 }, (_, i) => i);
  const apart = mannWhitney(
    a,
    a.map((each) => each + 500),
  );
  assert.ok(apart.p > 0 && apart.p < 1e-60, String(apart.p));
  // By hand, one pair of equals among 8:
  const { u, p } = mannWhitney([1, 2, 3, 4], [4, 5, 6, 7], 0);
  assert.equal(u, 0.5);
  // (4 * 4 / 12) * (9 - 6 / 56) = 11.857142857; z = (7.5 - 0.5) / 3.44342; two tails of 2.03286: 0.04207.
  close(p, 0.04207, 5e-6);
});

test('exact and approximate p agree on samples of thirty, whatever the ties', () => {
  const sample = fc.array(fc.nat(12), { minLength: 30, maxLength: 30 });
  fc.assert(
    fc.property(sample, sample, (a, b) => {
      close(mannWhitney(a, b).p, mannWhitney(a, b, 0).p, 0.01);
    }),
    { numRuns: 20 },
  );
});

test('who is a and who is b changes the sign and not the p', () => {
  const sample = fc.array(fc.nat(5), { minLength: 1, maxLength: 9 });
  fc.assert(
    fc.property(sample, sample, (a, b) => {
      const [one, two] = [mannWhitney(a, b), mannWhitney(b, a)];
      assert.equal(one.u + two.u, a.length * b.length);
      close(one.p, two.p);
      close(ahead(a, b), -ahead(b, a));
    }),
  );
});

test('a shift is the median of all differences, inside its interval', () => {
  assert.equal(ahead([1, 5, 9], [1, 2]), 3.5);
  assert.equal(ahead([Number.NEGATIVE_INFINITY], [Number.NEGATIVE_INFINITY]), 0);
  const { size, low, high } = shift([4, 5, 6, 7], [1, 2, 2, 3]);
  assert.equal(size, 3.5);
  assert.ok(low <= size && size <= high && low > 0, `${low} ${high}`);
});

test('of several tests the smallest p is multiplied by their number, and none overtakes another', () => {
  assert.deepEqual(holm([0.01, 0.04, 0.03]), [0.03, 0.06, 0.06]);
  assert.deepEqual(holm([0.5, 0.9]), [1, 1]);
});
