/** Whether the rewards of a group differ; equal rewards give no gradient. */
export function informative(rewards: readonly number[]): boolean {
  return rewards.some((each) => each !== rewards[0]);
}

/**
 * Dynamic sampling (DAPO, Yu 2025): groups with equal rewards are dropped and others are sampled instead. Yields the number
 * of further groups and receives them, at most `rounds` times; returns up to `wanted` groups.
 */
export function* dynamic<Group>(
  wanted: number,
  rounds: number,
  rewardsOf: (group: Group) => readonly number[],
): Generator<number, Group[], readonly Group[]> {
  const kept: Group[] = [];
  for (let round = 0; round < rounds && kept.length < wanted; round++) {
    const groups = yield wanted - kept.length;
    kept.push(...groups.filter((group) => informative(rewardsOf(group))));
  }
  return kept.slice(0, wanted);
}
