import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { type CaseVerdict, meanOf, outcomeOf, type Scored } from '../../../core/search/outcome.ts';

const largest = Number.MAX_VALUE;
const finite = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.constantFrom(largest, -largest, 1e308, -1e308, Number.MIN_VALUE, 0),
);
const scores = (...list: number[]): CaseVerdict[] => list.map((score, i) => ({ case: `c${i + 1}`, score }));

describe('the mean of scores', () => {
  it('is right where their sum is too large for a number', () => {
    for (const [list, mean] of [
      [[1e308, 1e308], 1e308],
      [[largest, largest, largest], largest],
      [[-largest, -largest], -largest],
      [[largest, -largest], 0],
      [[1e308, 1e308, -1e308, -1e308], 0],
      [[1.5e308, 1.5e308, 0], 1e308],
      [[largest, 0], largest / 2],
    ] as const) {
      assert.ok(Math.abs(meanOf(list) - mean) <= 1e-15 * largest, `${list}: ${meanOf(list)}`);
    }
  });

  it('is the plain one, digit by digit, where the sum is a number', () => {
    const list = [0.1, 0.2, 0.3, 1 / 3];
    assert.equal(meanOf(list), (0.1 + 0.2 + 0.3 + 1 / 3) / 4);
  });

  it('is finite and no farther out than the scores, whatever they are', () => {
    fc.assert(
      fc.property(fc.array(finite, { minLength: 1, maxLength: 9 }), (list) => {
        const mean = meanOf(list);
        const slack = 1e-15 * Math.max(...list.map(Math.abs));
        assert.ok(Number.isFinite(mean), String(mean));
        assert.ok(mean >= Math.min(...list) - slack && mean <= Math.max(...list) + slack, String(mean));
      }),
    );
  });
});

describe('an outcome', () => {
  it('comes back from JSON as it was, whatever finite figures a judge states', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(finite, finite), { minLength: 1, maxLength: 5 }), (list) => {
        const verdicts = list.map(([score, a], i) => ({ case: `c${i}`, score, measures: { a } }));
        const outcome = outcomeOf(verdicts) as Scored;
        const again = JSON.parse(JSON.stringify(outcome)) as Scored;
        // JSON has one zero.
        assert.equal(again.score, outcome.score + 0);
        assert.equal(again.measures.a, outcome.measures.a! + 0);
      }),
    );
  });

  it('of a score or a measure that is not finite is invalid, in words', () => {
    for (const wrong of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]) {
      assert.deepEqual(outcomeOf(scores(1, wrong)), {
        status: 'invalid',
        feedback: 'case c2: the score is not a finite number',
      });
      assert.deepEqual(outcomeOf([{ case: 'c1', score: 1, measures: { size: 2, error: wrong } }]), {
        status: 'invalid',
        feedback: 'case c1: the measure `error` is not a finite number',
      });
    }
  });

  it('averages measures over the cases, also where their sum is too large', () => {
    const verdicts = [1e308, 1.5e308].map((error, i) => ({ case: `c${i}`, score: 0, measures: { error } }));
    assert.deepEqual((outcomeOf(verdicts) as Scored).measures, { error: 1.25e308 });
  });
});

describe('the outcome of a problem with goals', () => {
  const goals = {
    objectives: { error: 'minimize', speed: 'maximize' },
    constraints: { overlap: { atMost: 0 }, parts: { atLeast: 2 } },
  } as const;
  const judged = (at: string, measures: Record<string, number>): CaseVerdict => ({
    case: at,
    score: 1,
    measures,
  });
  const kept = { error: 2, speed: 3, overlap: 0, parts: 2 };

  it('keeps the objectives per case and as means', () => {
    const verdicts = [judged('a', kept), judged('b', { ...kept, error: 4, parts: 5 })];
    const outcome = outcomeOf(verdicts, goals) as Scored;
    assert.equal(outcome.status, 'scored');
    assert.deepEqual(outcome.measures, { error: 3, speed: 3, overlap: 0, parts: 3.5 });
    assert.deepEqual(outcome.verdicts, verdicts);
  });

  it('is invalid where a constraint is broken in one case, with its name, bound and value', () => {
    assert.deepEqual(outcomeOf([judged('a', kept), judged('b', { ...kept, overlap: 0.25 })], goals), {
      status: 'invalid',
      feedback: 'case b: the constraint `overlap` is broken: expected at most 0, got 0.25',
    });
    // The mean would keep it.
    assert.deepEqual(
      outcomeOf([judged('a', { ...kept, parts: 1 }), judged('b', { ...kept, parts: 9 })], goals),
      {
        status: 'invalid',
        feedback: 'case a: the constraint `parts` is broken: expected at least 2, got 1',
      },
    );
  });

  it('is invalid where the judge leaves out what the goals name', () => {
    const { error: _, ...rest } = kept;
    assert.deepEqual(outcomeOf([judged('a', rest)], goals), {
      status: 'invalid',
      feedback:
        'case a: expected the judge to state the measure `error`, which is an objective, got `speed`, `overlap`, `parts`',
    });
    assert.match((outcomeOf(scores(1), goals) as { feedback: string }).feedback, /`error`.*got none/);
  });
});
