import type { Outcome, TrialVerdict } from '../../search/outcome.ts';

/**
 * How far a proposal came, worst first: it could not be read or applied, it changed nothing, it ran and failed, it
 * broke the rules, or it was scored.
 */
export const rewardTiers = ['unparsable', 'unchanged', 'crashed', 'invalid', 'valid'] as const;

/** One of the tiers. */
export type RewardTier = (typeof rewardTiers)[number];

/** What the tiers below a score earn (Wang 2025): no edit, no change, not run to the end, not valid. */
export const tierRewards = { unparsable: -0.4, unchanged: -0.3, crashed: -0.2, invalid: -0.1 } as const;

/**
 * The tier that a trial reached, by how it ended and what became of its child, if that was run. A duplicate has changed
 * nothing that counts.
 */
export function tierOf(verdict: TrialVerdict, status: Outcome['status'] | undefined): RewardTier {
  if (verdict === 'malformed' || status === 'refused') return 'unparsable';
  if (verdict === 'duplicate') return 'unchanged';
  if (verdict !== 'failed') return 'valid';
  return status === 'invalid' ? 'invalid' : 'crashed';
}

/** The reward of a tier; `worth`, in [0, 1], is that of the score, so that every valid program beats every other. */
export function tieredReward(tier: RewardTier, value: number): number {
  return tier === 'valid' ? value : tierRewards[tier];
}
