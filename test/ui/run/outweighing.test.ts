import assert from 'node:assert/strict';
import { test } from 'node:test';
import { outweighing } from '../../../ui/run/outweighing.ts';

const programs = (...rows: readonly number[][]) =>
  rows.map((row) => ({ verdicts: row.map((score, i) => ({ case: `case-${i}`, score })) }));

test('a case whose scores differ a thousand times more than the others outweighs them', () => {
  const found = outweighing(programs([1, -5000, 3], [2, -7000, 1], [1.5, -6000, 2]));
  assert.equal(found?.case, 'case-1');
  assert.ok(found.share > 0.99 && found.share < 1, `${found.share}`);
});

test('a case of large scores that hardly differ outweighs nothing', () => {
  assert.equal(outweighing(programs([1, 1e6], [2, 1e6 + 1], [3, 1e6])), undefined);
});

test('no case outweighs others where all differ alike, none differs, or there is only one', () => {
  assert.equal(outweighing(programs([1, 2], [2, 1])), undefined);
  assert.equal(outweighing(programs([1, 2], [1, 2])), undefined);
  assert.equal(outweighing(programs([1], [200])), undefined);
  assert.equal(outweighing([]), undefined);
});
