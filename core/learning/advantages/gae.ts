/** The advantage of each step and the target of the critic's value. */
export interface Estimate {
  readonly advantages: number[];
  readonly returns: number[];
}

/**
 * Generalised advantage estimation (Schulman 2015): delta_t = r_t + gamma V_{t+1} - V_t, A_t = sum_k (gamma lambda)^k
 * delta_{t+k}, with value 0 after the last step; returns A_t + V_t. A masked step is skipped and has advantage 0.
 */
export function gae(
  rewards: readonly number[],
  values: readonly number[],
  mask: readonly boolean[],
  { gamma, lambda }: { readonly gamma: number; readonly lambda: number },
): Estimate {
  const advantages = rewards.map(() => 0);
  let next = 0;
  let sum = 0;
  for (let t = rewards.length - 1; t >= 0; t--) {
    if (!mask[t]) continue;
    sum = rewards[t]! + gamma * next - values[t]! + gamma * lambda * sum;
    advantages[t] = sum;
    next = values[t]!;
  }
  return { advantages, returns: advantages.map((each, t) => each + values[t]!) };
}
