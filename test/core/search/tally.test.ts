import assert from 'node:assert/strict';
import { it } from 'node:test';
import { begin, emptyTally, tally } from '../../../core/search/tally.ts';

const free = { dollars: 0, seconds: 0 };
const fresh = ['a', 'b'].map((operator) => ({ arm: { operator }, ...emptyTally }));

it('a trial begun is pending on its arm alone, and settled it is not', () => {
  const begun = begin(begin(fresh, { operator: 'a' }), { operator: 'a' });
  assert.deepEqual(
    begun.map((each) => each.pending),
    [2, 0],
  );
  const settled = tally(
    begun,
    { arm: { operator: 'a' }, gain: 0.5, evaluations: 3, dollars: 0.25, seconds: 4 },
    100,
  );
  const sums = { pulls: 1, gain: 0.5, evaluations: 3, dollars: 0.25, seconds: 4 };
  assert.deepEqual(settled, [{ arm: { operator: 'a' }, ...sums, pending: 1 }, fresh[1]]);
});

it('old news counts for 1/e after `memory` trials of other arms', () => {
  let tallies = tally(
    begin(fresh, { operator: 'a' }),
    { arm: { operator: 'a' }, gain: 1, evaluations: 10, ...free },
    50,
  );
  for (let i = 0; i < 50; i++)
    tallies = tally(
      begin(tallies, { operator: 'b' }),
      { arm: { operator: 'b' }, gain: 0, evaluations: 1, ...free },
      50,
    );
  const { pulls, gain, evaluations, pending } = tallies[0]!;
  for (const [sum, whole] of [
    [pulls, 1],
    [gain, 1],
    [evaluations, 10],
  ] as const) {
    assert.ok(Math.abs(sum - whole / Math.E) < 1e-9);
  }
  assert.equal(pending, 0);
});

it('the sums of all arms together level off at what `memory` trials bring', () => {
  let tallies: ReturnType<typeof tally> = fresh;
  for (let i = 0; i < 2000; i++)
    tallies = tally(tallies, { arm: { operator: 'a' }, gain: 0, evaluations: 1, ...free }, 50);
  assert.ok(Math.abs(tallies[0]!.pulls - 50.5) < 0.1);
});
