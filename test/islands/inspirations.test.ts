import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Island, settle } from '../../core/search/archive.ts';
import { outcomeOf } from '../../core/search/outcome.ts';
import type { Elite } from '../../core/search/program.ts';
import { random } from '../../core/search/random.ts';
import { inspire } from '../../islands/inspirations.ts';

const elite = (id: string, ...scores: number[]): Elite => {
  const outcome = outcomeOf(scores.map((score, i) => ({ case: String(i), score })));
  assert.equal(outcome.status, 'scored');
  return {
    id,
    source: { 'p.js': id },
    outcome: outcome as Elite['outcome'],
    parents: [],
    arm: { operator: 'a' },
    size: 1,
  };
};
const island = (...elites: Elite[]): Island =>
  elites.reduce((sum, each) => settle(sum, each, { admitted: true, removes: [] }), { elites: [] } as Island);

const parent = elite('trial-1', 5, 5, 0, 0);
const neighbour = elite('trial-2', 4, 4, 1, 0);
const best = elite('trial-3', 6, 6, 0, 0);
const complement = elite('trial-4', 0, 0, 2, 2);
const islands = [island(parent, neighbour), island(best), island(complement)];
const names = (count: number) => inspire(islands, 0, [parent], count, random(1)).map(({ id }) => id);

test('the best of all, then a neighbour, then the one that is strong where the parent is weak', () => {
  assert.deepEqual(names(3), ['trial-3', 'trial-2', 'trial-4']);
  assert.deepEqual(names(1), ['trial-3']);
});

test('a parent is never shown beside itself, no program twice, and no more than exist', () => {
  assert.deepEqual(names(9).toSorted(), ['trial-2', 'trial-3', 'trial-4']);
  assert.deepEqual(inspire([island(parent)], 0, [parent], 3, random(1)), []);
});
