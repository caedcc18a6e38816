import assert from 'node:assert/strict';
import { test } from 'node:test';
import { random } from '../../../core/search/random.ts';
import { begin, emptyTally, tally } from '../../../core/search/tally.ts';
import { floored } from '../../../islands/selection/floor.ts';

const draws = random('floor');
const cheap = { operator: 'cheap' };
const start = ['cheap', 'dear'].map((operator) => ({ arm: { operator }, ...emptyTally }));

/** Share of the evaluations that `dear`, of a hundred at a time, gets beside a bandit that never takes it. */
function shareOf(floor: number): number {
  const bandit = floored(() => cheap, 'dear', floor);
  let tallies: ReturnType<typeof tally> = start;
  const spent = { cheap: 0, dear: 0 };
  for (let trial = 0; trial < 20_000; trial++) {
    const arm = bandit(tallies, draws);
    const evaluations = arm.operator === 'dear' ? 100 : 1;
    spent[arm.operator as keyof typeof spent] += evaluations;
    tallies = tally(begin(tallies, arm), { arm, gain: 0, evaluations, dollars: 0, seconds: 0 }, 1e9);
  }
  return spent.dear / (spent.cheap + spent.dear);
}

test('an arm gets its share of the evaluations, and none where the share is 0', () => {
  assert.ok(Math.abs(shareOf(0.3) - 0.3) < 0.01);
  assert.equal(shareOf(0), 0);
});

test('while one of its trials is running, the arm is not chosen for its share again', () => {
  const bandit = floored(() => cheap, 'dear', 0.5);
  const busy = begin(tally(start, { arm: cheap, gain: 0, evaluations: 9, dollars: 0, seconds: 0 }, 1e9), {
    operator: 'dear',
  });
  assert.equal(bandit(busy, draws), cheap);
});

test('an arm that is not there changes nothing', () => {
  assert.equal(floored(() => cheap, 'gone', 0.5)(start, draws), cheap);
});
