import { random } from '../../random.ts';
import { entropic } from '../advantages/entropic.ts';
import { lazy } from '../advantages/lazy.ts';
import type { Group } from '../gather.ts';
import type { Drawn } from '../sampled.ts';

/** How a policy is trained. */
export interface Method {
  readonly rate: number;
  /** Share of ln K, in (0, 1), that the advantages' weights lie from equal ones, for K rollouts of a group. */
  readonly divergence: number;
  /** Whether rewards are dealt out anew within each group: nothing can be learnt from them then. */
  readonly shuffled: boolean;
  readonly seed: number;
}

/** Most of a group's weight that one rollout may have. */
const cap = 0.25;

/** One rollout in so many is held back, to measure what was learnt. */
const heldBack = 5;

/** A rollout with its advantage. */
export interface Weighted {
  readonly place: Group['sampled']['place'];
  readonly drawn: Drawn;
  readonly advantage: number;
}

/** The rollouts of groups with their best-seeking advantages: those to learn from, and those held back. */
export function weigh(groups: readonly Group[], method: Method): { taught: Weighted[]; held: Weighted[] } {
  const taught: Weighted[] = [];
  const held: Weighted[] = [];
  for (const { trial, sampled } of groups) {
    const { rollouts, place } = sampled;
    const own = rollouts.map(({ reward }) => reward);
    const rewards = method.shuffled ? dealt(own, method.seed, trial) : own;
    const honest = lazy(
      rewards,
      rollouts.map(({ duplicate }) => duplicate === true),
    );
    const divergence = method.divergence * Math.log(honest.length);
    entropic(honest, { divergence, cap }).forEach((advantage, i) => {
      const each = { place, drawn: rollouts[i]!, advantage };
      if (i % heldBack === heldBack - 1) held.push(each);
      else taught.push(each);
    });
  }
  return { taught, held };
}

function dealt(rewards: readonly number[], seed: number, trial: number): number[] {
  const draw = random(seed, trial, 'shuffled rewards');
  const result = [...rewards];
  for (let i = result.length - 1; i > 0; i--) {
    const j = draw.int(i + 1);
    [result[i], result[j]] = [result[j]!, result[i]!];
  }
  return result;
}

/** Most that a held back rollout may count for more, or less, than when it was drawn. */
const clip = 10;

/** What each held back rollout adds to the expected advantage under a policy, by importance weighting. */
export function worths(held: readonly Weighted[], logProbability: (each: Weighted) => number): number[] {
  return held.map((each) => {
    const ratio = Math.exp(logProbability(each) - each.drawn.logProbability);
    return Math.min(ratio, clip) * each.advantage;
  });
}

/**
 * Whether new weights are no worse than the old on what was held back, as far as can be told: refused where the mean of
 * the differences lies below 0 by more than its standard error.
 */
export function holds(before: readonly number[], after: readonly number[]): boolean {
  const n = before.length;
  if (n < 2) return true;
  const differences = after.map((each, i) => each - before[i]!);
  const mean = meanOf(differences);
  const variance = differences.reduce((sum, each) => sum + (each - mean) ** 2, 0) / (n - 1);
  return mean >= -Math.sqrt(variance / n);
}

export function meanOf(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, each) => sum + each, 0) / values.length;
}

/** What is worth knowing of the rollouts themselves. */
export function metricsOf(groups: readonly Group[]): Record<string, number> {
  const rollouts = groups.flatMap(({ sampled }) => sampled.rollouts);
  const rewards = rollouts.map(({ reward }) => reward);
  return {
    reward: meanOf(rewards),
    best: rewards.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY),
    duplicates: rollouts.filter(({ duplicate }) => duplicate).length / rollouts.length,
  };
}
