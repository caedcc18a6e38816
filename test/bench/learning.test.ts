import assert from 'node:assert/strict';
import { test } from 'node:test';
import { reach, within } from '../../bench/learning/table.ts';

const curve: [number, number][] = [
  [1, -5],
  [40, -3],
  [90, -1],
];

test('a score is reached with the first point that is as good, or never', () => {
  assert.equal(reach({ curve }, -3), 40);
  assert.equal(reach({ curve }, -2), 90);
  assert.equal(reach({ curve }, 0), Number.POSITIVE_INFINITY);
});

test('at equal processor time the dearer search is cut short, the other is not', () => {
  const dear = { curve, used: 100, cpuSeconds: 10 };
  const cheap = { curve, used: 100, cpuSeconds: 5 };
  assert.equal(within(dear, cheap), -3);
  assert.equal(within(cheap, dear), -1);
  assert.equal(within(dear, { cpuSeconds: 0.01 }), -5);
});
