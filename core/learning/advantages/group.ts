/** Added to the deviation of a group, so that equal rewards do not divide by 0; the value in the papers' code. */
const epsilon = 1e-4;

/**
 * GRPO's advantages (Shao 2024): (R_i - mean) / (deviation + 1e-4), with the population deviation of the group.
 */
export function standardised(rewards: readonly number[]): number[] {
  const apart = centred(rewards);
  const deviation = Math.sqrt(mean(apart.map((each) => each * each)));
  return apart.map((each) => each / (deviation + epsilon));
}

/** Dr. GRPO's advantages (Liu 2025): R_i - mean, so that a group of similar rewards has no larger weight. */
export function centred(rewards: readonly number[]): number[] {
  const middle = mean(rewards);
  return rewards.map((reward) => reward - middle);
}

/** RLOO (Kool 2019, Ahmadian 2024): R_i minus the mean of the others, which is G / (G - 1) times `centred`; 0 for a single reward. */
export function leaveOneOutMean(rewards: readonly number[]): number[] {
  const group = rewards.length;
  return centred(rewards).map((each) => (group > 1 ? (group / (group - 1)) * each : 0));
}

/** The arithmetic mean; 0 for an empty list. */
export function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, each) => sum + each, 0) / values.length;
}

/**
 * Rewards in which a duplicate of its parent or of any earlier program has the worst reward of its batch (the lazy
 * penalty of Wang 2025; their value was not checked), so that repeating an earlier success earns nothing.
 * `duplicate` has one element for each reward.
 */
export function duplicatePenalty(rewards: readonly number[], duplicate: readonly boolean[]): number[] {
  const worst = rewards.reduce((least, each) => Math.min(least, each), Number.POSITIVE_INFINITY);
  return rewards.map((reward, i) => (duplicate[i] ? worst : reward));
}
