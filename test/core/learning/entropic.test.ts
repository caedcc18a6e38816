import assert from 'node:assert/strict';
import { it } from 'node:test';
import fc from 'fast-check';
import { entropic, leaveOneOut } from '../../../core/learning/advantages/entropic.ts';
import { duplicatePenalty } from '../../../core/learning/advantages/group.ts';
import { close } from './near.ts';

const free = Number.POSITIVE_INFINITY;

it('a reward of one among two zeroes gets the weight whose entropy is ln 1.5', () => {
  // KL = ln 3 - H = ln 2, so H = -p ln p - (1 - p) ln((1 - p) / 2) = ln 1.5, which p = 0.8961427 solves.
  const p = 0.89614266;
  const q = (1 - p) / 2;
  assert.ok(Math.abs(-p * Math.log(p) - 2 * q * Math.log(q) - Math.log(1.5)) < 1e-6);
  close(entropic([0, 1, 0], { divergence: Math.LN2, cap: 1 }), [q - 1 / 3, p - 1 / 3, q - 1 / 3], 1e-6);
  // The others' mean is q, and (p + q) / 2 for each of the others.
  close(
    leaveOneOut([0, 1, 0], { divergence: Math.LN2, cap: free }),
    [q / ((p + q) / 2) - 1, p / q - 1, q / ((p + q) / 2) - 1],
    1e-4,
  );
});

it('with two rewards of four at the best the weights go to one half each, and the cap holds them at a quarter', () => {
  // ln(4 / 2) = ln 2 is the most that the divergence can be here.
  close(entropic([3, 1, 3, 2], { divergence: 1, cap: 1 }), [0.25, -0.25, 0.25, -0.25]);
  close(entropic([3, 1, 3, 2], { divergence: 1, cap: 0.25 }), [0, -0.25, 0, -0.25]);
});

it('the best of a small group has an advantage of 16.3 without a cap, and of the cap with one', () => {
  assert.equal(leaveOneOut([1, 0, 0], { divergence: Math.LN2, cap: free })[0]!.toFixed(1), '16.3');
  assert.equal(leaveOneOut([1, 0, 0], { divergence: Math.LN2, cap: 5 })[0], 5);
  assert.equal(leaveOneOut([1, 0, 0], { divergence: 9, cap: 5 })[0], 5);
});

const rewards = fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 2, maxLength: 40 });
const nats = fc.double({ min: 0.01, max: 4, noNaN: true });

it('the weights lie at the divergence that was asked for, or as far as they can', () => {
  fc.assert(
    fc.property(rewards, nats, (given, divergence) => {
      const most = Math.log(given.length / given.filter((each) => each === Math.max(...given)).length);
      fc.pre(most > 0);
      const weights = entropic(given, { divergence, cap: 1 }).map((each) => each + 1 / given.length);
      const kl = weights.reduce((sum, w) => sum + (w > 0 ? w * Math.log(w * given.length) : 0), 0);
      assert.ok(Math.abs(kl - Math.min(divergence, most)) < 1e-9, `${kl}`);
    }),
  );
});

it('advantages add up to zero, rise with the reward, and know neither its unit nor its origin nor the order', () => {
  fc.assert(
    fc.property(rewards, nats, fc.integer({ min: -9, max: 9 }), (given, divergence, shift) => {
      const its = entropic(given, { divergence, cap: 1 });
      close([its.reduce((sum, each) => sum + each, 0)], [0], 1e-9);
      for (let i = 1; i < given.length; i++) if (given[i]! > given[i - 1]!) assert.ok(its[i]! >= its[i - 1]!);
      for (const form of [entropic, leaveOneOut]) {
        const own = form(given, { divergence, cap: 9 });
        close(
          form(
            given.map((each) => 8 * each + shift),
            { divergence, cap: 9 },
          ),
          own,
          1e-7,
        );
        close(form(given.toReversed(), { divergence, cap: 9 }), own.toReversed(), 1e-7);
      }
    }),
  );
});

it('equal rewards, one reward and none have no advantage', () => {
  for (const form of [entropic, leaveOneOut]) {
    assert.deepEqual(form([2, 2, 2], { divergence: 1, cap: 1 }), [0, 0, 0]);
    assert.deepEqual(form([2], { divergence: 1, cap: 1 }), [0]);
    assert.deepEqual(form([], { divergence: 1, cap: 1 }), []);
  }
});

it('rewards at the ends of the number range and a hair apart have finite advantages', () => {
  const far = [Number.MAX_VALUE, -Number.MAX_VALUE, 0];
  const near = [1, 1 + Number.EPSILON, 0];
  for (const given of [far, near])
    for (const form of [entropic, leaveOneOut])
      assert.ok(form(given, { divergence: Math.LN2, cap: 9 }).every(Number.isFinite));
});

it('a duplicate gets the worst reward of its batch, also where it is the best', () => {
  assert.deepEqual(duplicatePenalty([5, 1, 3], [true, false, false]), [1, 1, 3]);
  assert.deepEqual(duplicatePenalty([], []), []);
});
