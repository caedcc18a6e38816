import assert from 'node:assert/strict';
import { test } from 'node:test';
import { configure } from '../../../core/search/configure.ts';
import { lessonDue } from '../../../core/search/lessons.ts';
import { initialState, type Pending, type State } from '../../../core/search/state.ts';
import { toyWorld } from './toy.ts';

const { problem } = toyWorld();
const state = (settings: Record<string, unknown>, given: Partial<State> = {}): State => ({
  ...initialState({
    type: 'opened',
    version: 3,
    problem: { name: 'toy', hash: '' },
    settings: configure({ reflectEvery: 5, ...settings }),
    arms: [{ operator: 'diff', model: 'm' }],
    models: ['m'],
    seeds: [
      {
        id: 'seed-1',
        source: problem.seeds[0]!,
        canonical: 'a',
        outcome: { status: 'scored', score: 1, measures: {}, verdicts: [], feedback: '' },
        admission: { admitted: true, removes: [] },
      },
    ],
  }),
  sinceLesson: 5,
  ...given,
});
const due = (settings: Record<string, unknown>, given: Partial<State> = {}, left = 100): boolean =>
  lessonDue(state({ evaluations: left + 1, ...settings }, given));

test('a lesson is due after `reflectEvery` trials, and never at 0', () => {
  assert.equal(due({}), true);
  assert.equal(due({}, { sinceLesson: 4 }), false);
  assert.equal(due({ reflectEvery: 0 }), false);
});

test('no lesson is drawn with the last calls, evaluations, tokens or dollars: no later trial could read it', () => {
  const spending = { calls: 20, tokens: 20_000, dollars: 2 };
  assert.deepEqual(
    [20, 21, 22, 23].map((calls) => due({ calls }, { spending })),
    [false, false, false, true],
  );
  assert.deepEqual(
    [1, 2].map((left) => due({}, { spending }, left)),
    [false, true],
  );
  assert.deepEqual(
    [22_999, 23_000].map((tokens) => due({ tokens }, { spending })),
    [false, true],
  );
  assert.deepEqual(
    [2.29, 2.31].map((dollars) => due({ dollars }, { spending })),
    [false, true],
  );
});

test('running trials that have not asked their model yet need their calls too', () => {
  const spending = { calls: 20, tokens: 0, dollars: 0 };
  const waiting = { arm: { operator: 'diff', model: 'm' } } as Pending;
  const pending = new Map([
    [1, waiting],
    [2, { ...waiting, proposal: { malformed: 'no' } }],
  ]);
  assert.equal(due({ calls: 23 }, { spending, pending }), false);
  assert.equal(due({ calls: 24 }, { spending, pending }), true);
});
