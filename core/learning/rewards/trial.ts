import { spreadOf } from '../../search/archive.ts';
import type { TrialVerdict } from '../../search/outcome.ts';
import { scoreToBeat } from '../../search/ranking.ts';
import type { Pending, State } from '../../search/state.ts';
import { gainValue } from './gain.ts';
import { type RewardTier, tieredReward, tierOf } from './tiers.ts';

/** What a trial was worth to the model that was asked. */
export interface TrialReward {
  readonly tier: RewardTier;
  readonly reward: number;
  /** Score of its best parent. */
  readonly parent: number;
  /** What counts for a large difference to it: the best of the island less its median. */
  readonly spread: number;
}

/** The reward of a trial, by its verdict and the state just before it settled: a tier, or how far it came from its parent. */
export function rewardOf(
  verdict: TrialVerdict,
  pending: Pending,
  { islands }: Pick<State, 'islands'>,
): TrialReward {
  const { outcome, parents } = pending;
  const parent = scoreToBeat(parents);
  // An island that has only just been settled knows no differences: then any step is a large one.
  const spread = spreadOf(islands[pending.island]!) || Math.abs(parent) / 10;
  const tier = tierOf(verdict, outcome?.status);
  const worth = outcome?.status === 'scored' ? gainValue(outcome.score, parent, spread) : 0;
  return { tier, reward: tieredReward(tier, worth), parent, spread };
}
