import type { Tally } from '../roles.ts';

/** The tallies once a trial of `arm` is under way. */
export function begin(tallies: readonly Tally[], arm: string): readonly Tally[] {
  return tallies.map((each) => (each.arm === arm ? { ...each, pending: each.pending + 1 } : each));
}

/** What a settled trial says of its arm. */
export interface News {
  readonly arm: string;
  /** In [0, 1]. */
  readonly gain: number;
  /** Evaluations used, the child's own among them; 0 for a child that was turned away unrun. */
  readonly evaluations: number;
}

/**
 * The tallies after a trial settled: all sums fade so that news counts for 1/e after `memory` trials of any arm
 * (Garivier and Moulines 2011), then the news is added.
 */
export function tally(tallies: readonly Tally[], news: News, memory: number): readonly Tally[] {
  const fade = Math.exp(-1 / memory);
  return tallies.map(({ arm, pulls, gain, evaluations, pending }) => {
    const own = arm === news.arm;
    return {
      arm,
      pulls: pulls * fade + (own ? 1 : 0),
      gain: gain * fade + (own ? news.gain : 0),
      evaluations: evaluations * fade + (own ? news.evaluations : 0),
      pending: own ? pending - 1 : pending,
    };
  });
}
