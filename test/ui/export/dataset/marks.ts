import type { TrialSummary } from '../../../../ui/export/dataset/mark.ts';

/** A summary in which nothing is out of the ordinary, but for what is given: trial `at` of the run `r`, made of the seed. */
export function summaryAt(at: number, given: Partial<TrialSummary> = {}): TrialSummary {
  return {
    id: `r/trial-${at}`,
    at,
    problem: 'p',
    parents: ['r/seed-1'],
    grandparents: [],
    shown: [],
    keys: { synthetic: 'r/seed-1' },
    tier: 'valid',
    reward: 0.5,
    score: 0,
    before: 0,
    cases: [0],
    improved: false,
    repaired: false,
    form: `form ${at}`,
    ...given,
  };
}
