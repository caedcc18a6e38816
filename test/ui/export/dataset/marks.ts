import type { TrialSummary } from '../../../../ui/export/dataset/mark.ts';

/** A mark in which nothing is out of the ordinary, but for what is given: trial `at` of the run `r`, made of the seed. */
export function markAt(at: number, given: Partial<TrialSummary> = {}): TrialSummary {
  return {
    id: `r/trial-${at}`,
    at,
    problem: 'p',
    parents: ['r/seed-1'],
    grandparents: [],
    shown: [],
    keys: { standing: 'r/seed-1' },
    rung: 'valid',
    reward: 0.5,
    score: 0,
    before: 0,
    cases: [0],
    improved: false,
    mended: false,
    form: `form ${at}`,
    ...given,
  };
}
