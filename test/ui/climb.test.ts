import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Event } from '../../core/event.ts';
import type { State } from '../../core/state.ts';
import { openClimb } from '../../ui/climb.ts';

const state = (evaluations: number, score: number) =>
  ({ evaluations, best: { outcome: { score } } }) as State;
const opened = { type: 'opened' } as Event;
const settled = (verdict: string) => ({ type: 'settled', verdict }) as Event;

test('only seeds and programs better than all before are remembered', () => {
  const climb = openClimb();
  climb.note(opened, state(1, -5));
  climb.note({ type: 'begun' } as Event, state(1, -5));
  climb.note(settled('scored'), state(2, -5));
  climb.note(settled('best'), state(3, -4));
  climb.note(settled('best'), state(4, -4));
  climb.note(settled('improved'), state(5, -4));
  assert.deepEqual(climb.heights, [
    { evaluations: 1, score: -5 },
    { evaluations: 3, score: -4 },
  ]);
});

test('of a hundred thousand improvements it keeps as many as it may, spread over a logarithmic axis', () => {
  const most = 100;
  const climb = openClimb(most);
  climb.note(opened, state(1, 1));
  for (let n = 2; n <= 100_000; n++) climb.note(settled('best'), state(n, n));
  assert.equal(climb.heights.length, most);
  assert.deepEqual([climb.heights[0]!.score, climb.heights.at(-1)!.score], [1, 100_000]);
  const ratios = climb.heights
    .slice(1)
    .map(({ evaluations }, i) => evaluations / climb.heights[i]!.evaluations);
  assert.ok(Math.max(...ratios) <= 2, `a gap of ${Math.max(...ratios)}`);
});
