import { random } from '../../search/random.ts';
import { entropic } from '../advantages/entropic.ts';
import { duplicatePenalty, mean } from '../advantages/group.ts';
import type { Group, RewardedRollout } from '../rollout-buffer.ts';
import { type ActionDistribution, logProbabilityOf } from './odds.ts';
import type { Method, TrainedWeights } from './policy-kind.ts';

/** A rollout with its advantage. */
export interface Weighted {
  readonly place: Group['sampled']['place'];
  readonly rollout: RewardedRollout;
  readonly advantage: number;
}

/** The training set and the held-out set of one training. */
export interface Prepared {
  readonly groups: readonly Group[];
  readonly training: readonly Weighted[];
  /** Held-out rollouts, of earlier batches too. */
  readonly heldOut: readonly Weighted[];
}

/** Maximum share of a group's weight for one rollout. */
const cap = 0.25;

/** One rollout in `heldOutEvery` is held out. */
const heldOutEvery = 5;

/** Rollouts with their best-seeking advantages (Yuksekgonul 2026); a duplicate has the worst reward of its group (Wang 2025). */
export function prepare(groups: readonly Group[], before: readonly Group[], method: Method): Prepared {
  const all = pooled(groups).map((group) => weighed(group, method));
  const old = pooled(before).map((group) => weighed(group, method));
  const isHeld = (_: Weighted, i: number): boolean => i % heldOutEvery === heldOutEvery - 1;
  return {
    groups,
    training: all.flatMap((each) => each.filter((one, i) => !isHeld(one, i))),
    heldOut: [...old, ...all].flatMap((each) => each.filter(isHeld)),
  };
}

/** Rollouts that advantages compare. */
type Pool = readonly Pick<Weighted, 'place' | 'rollout'>[];

/** Minimum size of a group that is compared within its trial; smaller groups are pooled across trials. */
const enough = 8;

function pooled(groups: readonly Group[]): Pool[] {
  const pool = ({ sampled: { place, rollouts } }: Group): Pool =>
    rollouts.map((rollout) => ({ place, rollout }));
  const large = groups.filter(({ sampled }) => sampled.rollouts.length >= enough);
  const small = groups.filter(({ sampled }) => sampled.rollouts.length < enough).flatMap(pool);
  return [...large.map(pool), ...(small.length > 0 ? [small] : [])];
}

function weighed(pool: Pool, method: Method): Weighted[] {
  const own = pool.map(({ rollout }) => rollout.reward);
  const rewards = duplicatePenalty(
    method.shuffled ? shuffled(own, method.seed, pool[0]!.rollout.key) : own,
    pool.map(({ rollout }) => rollout.duplicate === true),
  );
  const divergence = method.divergence * Math.log(rewards.length);
  return entropic(rewards, { divergence, cap }).map((advantage, i) => ({ ...pool[i]!, advantage }));
}

function shuffled(rewards: readonly number[], seed: number, key: string): number[] {
  const draw = random(seed, key, 'shuffled rewards');
  const result = [...rewards];
  for (let i = result.length - 1; i > 0; i--) {
    const j = draw.int(i + 1);
    [result[i], result[j]] = [result[j]!, result[i]!];
  }
  return result;
}

/** The result of a training without the weights. */
export function report(
  { groups, heldOut }: Prepared,
  loss: number,
  before: ActionDistribution,
  after: ActionDistribution,
): Omit<TrainedWeights, 'text'> {
  const [old, now] = [valuesOf(heldOut, before), valuesOf(heldOut, after)];
  const rollouts = groups.flatMap(({ sampled }) => sampled.rollouts);
  const rewards = rollouts.map(({ reward }) => reward);
  return {
    heldOut: { before: mean(old), after: mean(now) },
    promoted: holds(old, now),
    metrics: {
      loss,
      reward: mean(rewards),
      best: rewards.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY),
      duplicates: rollouts.filter(({ duplicate }) => duplicate).length / rollouts.length,
    },
  };
}

/** Upper bound of a held-out rollout's importance weight. */
const clip = 10;

/** The contribution of each held-out rollout to the expected advantage under a policy, by importance weighting. */
export function valuesOf(held: readonly Weighted[], distribution: ActionDistribution): number[] {
  return held.map(({ place, rollout, advantage }) => {
    const log = logProbabilityOf(distribution, { place, actions: rollout.actions });
    return Math.min(Math.exp(log - rollout.logProbability), clip) * advantage;
  });
}

/**
 * Whether new weights are no worse than the old on the held-out rollouts: refused where the mean difference is below 0 by
 * more than its standard error.
 */
export function holds(before: readonly number[], after: readonly number[]): boolean {
  const n = before.length;
  if (n < 2) return true;
  const differences = after.map((each, i) => each - before[i]!);
  const middle = mean(differences);
  const variance = differences.reduce((sum, each) => sum + (each - middle) ** 2, 0) / (n - 1);
  return middle >= -Math.sqrt(variance / n);
}
