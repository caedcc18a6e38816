/** The result of a program that should be correct and fast. */
export type Ran =
  | { readonly status: 'uncompiled' | 'crashed' | 'wrong' }
  | { readonly status: 'correct' /** Above 0. */; readonly milliseconds: number };

/** Rewards of failures: CodeRL's (Le 2022); ACECode's own were not checked. */
const failures = { uncompiled: -1, crashed: -0.6, wrong: -0.3 } as const;

/**
 * Speed, rewarded only for correct programs (ACECode, Yang 2024): 1/2 + 1/2 min(reference / own time, cap); every failure
 * earns less than every correct program. The first term is the paper's as a review quotes it; the cap, above 0, is ours.
 * Times should be medians of several runs.
 */
export function speed(ran: Ran, reference: number, cap = 2): number {
  if (ran.status !== 'correct') return failures[ran.status];
  return 0.5 + 0.5 * Math.min(reference / ran.milliseconds, cap);
}
