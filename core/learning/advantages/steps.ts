import { standardised } from './group.ts';

/** The return of each step: R_t = sum_k gamma^k r_{t+k}. */
export function returnsOf(rewards: readonly number[], gamma: number): number[] {
  const returns = rewards.map(() => 0);
  let sum = 0;
  for (let t = rewards.length - 1; t >= 0; t--) {
    sum = rewards[t]! + gamma * sum;
    returns[t] = sum;
  }
  return returns;
}

/**
 * Advantages for the steps of one group's episodes, which may differ in length (Lu 2025): A = A_episode + `weight`
 * A_step. A_step compares the returns R_t of all episodes that have a step t; A_episode compares the sums of rewards;
 * both are standardised as in GRPO. Discount and weight were not checked against the paper.
 * `rewards`: the rewards of each episode, step by step.
 */
export function stepAndEpisode(
  rewards: readonly (readonly number[])[],
  { gamma, weight }: { readonly gamma: number; readonly weight: number },
): number[][] {
  const ofEpisodes = standardised(rewards.map((each) => each.reduce((sum, reward) => sum + reward, 0)));
  const returns = rewards.map((each) => returnsOf(each, gamma));
  const result = rewards.map((each, i) => each.map(() => ofEpisodes[i]!));
  const longest = Math.max(0, ...rewards.map(({ length }) => length));
  for (let t = 0; t < longest; t++) {
    const there = returns.map((_, i) => i).filter((i) => t < returns[i]!.length);
    const steps = standardised(there.map((i) => returns[i]![t]!));
    there.forEach((i, k) => {
      result[i]![t]! += weight * steps[k]!;
    });
  }
  return result;
}
