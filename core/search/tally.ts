import { type Arm, sameArm } from './arm.ts';
import type { Tally } from './roles.ts';

/** An arm without a record. */
export const emptyTally = { pulls: 0, gain: 0, evaluations: 0, dollars: 0, seconds: 0, pending: 0 };

/** The tallies once a trial of `arm` is running. */
export function begin(tallies: readonly Tally[], arm: Arm): readonly Tally[] {
  return tallies.map((each) => (sameArm(each.arm, arm) ? { ...each, pending: each.pending + 1 } : each));
}

/** What a settled trial says of its arm. */
export interface TrialRecord {
  readonly arm: Arm;
  /** In [0, 1]. */
  readonly gain: number;
  /** Evaluations used, the child's own among them; 0 for a child that was rejected unrun. */
  readonly evaluations: number;
  /** Spent on models. */
  readonly dollars: number;
  /** That models and evaluations took. */
  readonly seconds: number;
}

/**
 * The tallies after a trial settled: all sums fade so that news counts for 1/e after `memory` trials of any arm
 * (Garivier and Moulines 2011), then the news is added.
 */
export function tally(tallies: readonly Tally[], news: TrialRecord, memory: number): readonly Tally[] {
  const fade = Math.exp(-1 / memory);
  return tallies.map((old) => {
    const own = sameArm(old.arm, news.arm);
    const sum = (before: number, now: number): number => before * fade + (own ? now : 0);
    return {
      arm: old.arm,
      pulls: sum(old.pulls, 1),
      gain: sum(old.gain, news.gain),
      evaluations: sum(old.evaluations, news.evaluations),
      dollars: sum(old.dollars, news.dollars),
      seconds: sum(old.seconds, news.seconds),
      pending: old.pending - (own ? 1 : 0),
    };
  });
}
