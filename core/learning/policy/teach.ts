import { random } from '../../random.ts';
import { entropic } from '../advantages/entropic.ts';
import { lazy } from '../advantages/lazy.ts';
import type { Group } from '../gather.ts';
import type { Drawn } from '../sampled.ts';
import { addSlopes } from './learn.ts';
import type { Table } from './table.ts';

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

/** Where Adam stands (Kingma 2015): running means of slopes and of their squares, and steps taken. */
export interface Moments {
  readonly first: Float32Array;
  readonly second: Float32Array;
  readonly steps: number;
}

/** One step of Adam uphill; new arrays. */
export function climb(
  weights: Float32Array,
  slopes: Float64Array,
  { first, second, steps }: Moments,
  rate: number,
): { weights: Float32Array; moments: Moments } {
  const next = { weights: weights.slice(), first: first.slice(), second: second.slice() };
  const [a, b] = [1 - 0.9 ** (steps + 1), 1 - 0.999 ** (steps + 1)];
  for (let i = 0; i < slopes.length; i++) {
    next.first[i] = 0.9 * first[i]! + 0.1 * slopes[i]!;
    next.second[i] = 0.999 * second[i]! + 0.001 * slopes[i]! ** 2;
    if (next.second[i]! > 0)
      next.weights[i]! += (rate * (next.first[i]! / a)) / (Math.sqrt(next.second[i]! / b) + 1e-8);
  }
  return { weights: next.weights, moments: { first: next.first, second: next.second, steps: steps + 1 } };
}

/** The weights of a table after one lesson, with what was measured. */
export function teachTable(
  table: Table,
  moments: Moments,
  groups: readonly Group[],
  before: readonly Group[],
  method: Method,
): {
  table: Table;
  moments: Moments;
  heldOut: { before: number; after: number };
  promoted: boolean;
  metrics: Record<string, number>;
} {
  const { taught, held } = weigh(groups, method);
  held.push(...weigh(before, method).held);
  const slopes = new Float64Array(table.weights.length);
  let surprise = 0;
  for (const { place, drawn, advantage } of taught) {
    surprise -= addSlopes(table, { place, actions: drawn.actions }, advantage, slopes);
  }
  const climbed = climb(table.weights, slopes, moments, method.rate);
  const after: Table = { ...table, weights: climbed.weights };
  const logOf =
    (of: Table) =>
    ({ place, drawn }: Weighted): number =>
      addSlopes(of, { place, actions: drawn.actions }, 0, new Float64Array(0));
  const [old, now] = [worths(held, logOf(table)), worths(held, logOf(after))];
  const rewards = groups.flatMap(({ sampled }) => sampled.rollouts.map(({ reward }) => reward));
  const duplicates = groups.flatMap(({ sampled }) => sampled.rollouts.filter(({ duplicate }) => duplicate));
  return {
    table: after,
    moments: climbed.moments,
    heldOut: { before: meanOf(old), after: meanOf(now) },
    promoted: holds(old, now),
    metrics: {
      surprise: surprise / Math.max(1, taught.length),
      reward: meanOf(rewards),
      best: Math.max(...rewards),
      duplicates: duplicates.length / Math.max(1, rewards.length),
    },
  };
}
