import type { Random } from '../../search/random.ts';
import { informative } from './dynamic.ts';

/** One of more rollouts than are kept. */
export interface Candidate {
  readonly reward: number;
  /** Quality penalty, at least 0: failed tools, wrong format, size of the edit, spread of its times. */
  readonly penalty: number;
}

/** How many are kept, and how a low penalty is preferred. */
export interface Resampling {
  readonly keep: number;
  /** Minimum number of successes and of failures, as far as there are. */
  readonly least?: number;
  /** `lowest`: lowest penalties first, as in the authors' code; `odds`: sampled with weight 1 / (penalty + 0.1). */
  readonly by?: 'lowest' | 'odds';
}

/**
 * Resample-on-correct (rStar2-Agent, Shang 2025): of more rollouts than needed, successes (reward above 0) and failures are
 * kept in their original proportion; failures uniformly at random, so that they stay diverse, successes by low penalty; the
 * reward stays that of the outcome. Returns their indices in order; none where all rewards are equal. The weights of `odds`
 * are our reading of the paper, and 0.1 is ours.
 */
export function resample(
  candidates: readonly Candidate[],
  { keep, least = 2, by = 'lowest' }: Resampling,
  random: Random,
): number[] {
  if (!informative(candidates.map(({ reward }) => reward))) return [];
  const places = candidates.map((_, i) => i);
  const good = places.filter((i) => candidates[i]!.reward > 0);
  const bad = places.filter((i) => candidates[i]!.reward <= 0);
  const share = halfToEven((good.length * keep) / candidates.length);
  const most = Math.min(good.length, keep - Math.min(least, bad.length));
  const wanted = Math.min(
    Math.max(share, Math.min(least, good.length), keep - bad.length),
    Math.max(most, 0),
  );
  const chosen =
    by === 'lowest'
      ? good.toSorted((a, b) => candidates[a]!.penalty - candidates[b]!.penalty).slice(0, wanted)
      : draw(good, wanted, (i) => 1 / (candidates[i]!.penalty + 0.1), random);
  return [...chosen, ...draw(bad, keep - chosen.length, () => 1, random)].sort((a, b) => a - b);
}

/** Rounds half to even, as the authors' code does. */
function halfToEven(value: number): number {
  const below = Math.floor(value);
  if (value - below !== 0.5) return Math.round(value);
  return below % 2 === 0 ? below : below + 1;
}

/** The penalty of a rollout with tools (Shang 2025): the share of failed calls, 1/2 without calls. */
export function toolPenalty(calls: number, failed: number): number {
  return calls === 0 ? 0.5 : failed / calls;
}

/** Weighted sampling without replacement. */
function draw(
  from: readonly number[],
  count: number,
  weight: (i: number) => number,
  random: Random,
): number[] {
  const left = [...from];
  const taken: number[] = [];
  while (taken.length < count && left.length > 0)
    taken.push(...left.splice(random.weighted(left.map(weight)), 1));
  return taken;
}
