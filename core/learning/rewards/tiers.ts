import type { Outcome, TrialVerdict } from '../../search/outcome.ts';

/**
 * Reward tiers of a proposal, worst first: it could not be read or applied, it changed nothing, it ran and failed, it
 * was invalid, or it was scored.
 */
export const rewardTiers = ['unparsable', 'unchanged', 'crashed', 'invalid', 'valid'] as const;

/** A reward tier. */
export type RewardTier = (typeof rewardTiers)[number];

/** Rewards of the tiers below `valid` (Wang 2025). */
export const tierRewards = { unparsable: -0.4, unchanged: -0.3, crashed: -0.2, invalid: -0.1 } as const;

/**
 * The tier of a trial, by its verdict and the status of its child's outcome, if that was run. A duplicate counts as
 * unchanged.
 */
export function tierOf(verdict: TrialVerdict, status: Outcome['status'] | undefined): RewardTier {
  if (verdict === 'malformed' || status === 'refused') return 'unparsable';
  if (verdict === 'duplicate') return 'unchanged';
  if (verdict !== 'failed') return 'valid';
  return status === 'invalid' ? 'invalid' : 'crashed';
}

/** The reward of a tier; a score has its `value`, in [0, 1], so that a valid program always beats an invalid one. */
export function tieredReward(tier: RewardTier, value: number): number {
  return tier === 'valid' ? value : tierRewards[tier];
}
