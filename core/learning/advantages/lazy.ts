/**
 * Rewards under the lazy penalty: a duplicate, of its parent or of any program met before, gets the worst reward of
 * its batch, so that a policy gains nothing by saying again what was good once (Wang 2025; what they give it was not checked).
 * `duplicate` is as long as `rewards`.
 */
export function lazy(rewards: readonly number[], duplicate: readonly boolean[]): number[] {
  const worst = rewards.reduce((least, each) => Math.min(least, each), Number.POSITIVE_INFINITY);
  return rewards.map((reward, i) => (duplicate[i] ? worst : reward));
}
