import type { Random } from '../../search/random.ts';
import { informative } from './dynamic.ts';

/** One of more rollouts than are to be kept. */
export interface Candidate {
  readonly reward: number;
  /** How untidily it got there, at least 0: failed tools, wrong format, size of the edit, spread of its times. */
  readonly penalty: number;
}

/** How many are kept, and how the tidy ones are preferred. */
export interface Resampling {
  readonly keep: number;
  /** At least so many of the good and of the bad each, as far as there are. */
  readonly least?: number;
  /** `lowest`: those of least penalty, as the authors' program has it; `odds`: with odds 1 / (penalty + 0.1). */
  readonly by?: 'lowest' | 'odds';
}

/**
 * Resample-on-correct (rStar2-Agent, Shang 2025): of more rollouts than needed, good ones (reward above 0) and bad ones
 * are kept in the proportion in which they came; bad ones as chance has it, so that failures stay as diverse as they
 * are, good ones the rather the less penalty they have; the reward stays that of the outcome. Returns their places in
 * order; none where all rewards are equal. The odds are our reading of the paper, their 0.1 ours.
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

/** The nearest whole number, of two the even one: as the authors' program rounds. */
function halfToEven(value: number): number {
  const below = Math.floor(value);
  if (value - below !== 0.5) return Math.round(value);
  return below % 2 === 0 ? below : below + 1;
}

/** The penalty of a rollout with tools (Shang 2025): the share of calls that failed, 1/2 where there was none. */
export function toolPenalty(calls: number, failed: number): number {
  return calls === 0 ? 0.5 : failed / calls;
}

/** Draws without replacement, each time with odds by weight. */
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
