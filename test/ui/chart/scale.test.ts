import assert from 'node:assert/strict';
import { test } from 'node:test';
import { apart, logTicks, spanOf, ticks } from '../../../ui/chart/scale.ts';

test('ticks are round numbers that lie inside and do not end in noise', () => {
  assert.deepEqual(ticks({ low: 0.13, high: 0.71 }, 6), [0.2, 0.3, 0.4, 0.5, 0.6, 0.7]);
  assert.deepEqual(ticks({ low: -6.97, high: -6.21 }, 6), [-6.8, -6.6, -6.4]);
  assert.deepEqual(ticks({ low: 250, high: 520 }, 6), [250, 300, 350, 400, 450, 500]);
  assert.deepEqual(ticks({ low: 2.6358, high: 2.63598 }, 4), [2.6358, 2.63585, 2.6359, 2.63595]);
  assert.deepEqual(logTicks({ low: 4, high: 1200 }), [5, 10, 20, 50, 100, 200, 500, 1000]);
});

test('a span of one value, or of none that is a number, has room in it', () => {
  for (const values of [[7], [0], [-3, -3], [], [NaN, Infinity]]) {
    const { low, high } = spanOf(values);
    assert.ok(low < high, `${values}`);
  }
  assert.deepEqual(spanOf([0, -1, 5, 5], true), { low: 2.5, high: 10 });
});

test('places that are far enough from each other stay, and crowded ones make room both ways', () => {
  assert.deepEqual(apart([0, 20, 40], 10), [0, 20, 40]);
  const moved = apart([50, 50, 50, 200], 10);
  for (let i = 1; i < moved.length; i++) assert.ok(moved[i]! - moved[i - 1]! > 9.99, `${moved}`);
  assert.deepEqual([Math.round(moved[1]!), moved[3]], [50, 200]);
});
