/** Whether rewards of a group differ: where all are equal there is nothing to learn. */
export function informative(rewards: readonly number[]): boolean {
  return rewards.some((each) => each !== rewards[0]);
}

/**
 * Dynamic sampling (DAPO, Yu 2025): groups whose rewards are all equal are dropped and others sampled in their place.
 * Yields how many more groups are wanted and is told them, at most `rounds` times; returns up to `wanted` groups.
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
