import { spreadOf } from '../../search/archive.ts';
import type { TrialVerdict } from '../../search/outcome.ts';
import { scoreToBeat } from '../../search/ranking.ts';
import type { Pending, State } from '../../search/state.ts';
import { gainValue } from './gain.ts';
import { type RewardTier, tieredReward, tierOf } from './tiers.ts';

/** The reward of a trial for the model that was asked. */
export interface TrialReward {
  readonly tier: RewardTier;
  readonly reward: number;
  /** Score of its best parent. */
  readonly parent: number;
  /** The size of a large difference to it: the best score of the island minus its median. */
  readonly spread: number;
}

/** The reward of a trial, by its verdict and the state just before it settled: its tier, or the gain over its parent. */
export function rewardOf(
  verdict: TrialVerdict,
  pending: Pending,
  { islands }: Pick<State, 'islands'>,
): TrialReward {
  const { outcome, parents } = pending;
  const parent = scoreToBeat(parents);
  // The scores of a newly settled island do not differ: then any step is a large one.
  const spread = spreadOf(islands[pending.island]!) || Math.abs(parent) / 10;
  const tier = tierOf(verdict, outcome?.status);
  const value = outcome?.status === 'scored' ? gainValue(outcome.score, parent, spread) : 0;
  return { tier, reward: tieredReward(tier, value), parent, spread };
}
