import { type Clip, clipped, clips } from './clipped.ts';
import { type Loss, perToken, type Sequence, sumOf } from './objective.ts';

/** A sequence with a critic's values of each token's state. */
export interface Valued extends Sequence {
  /** The critic's values, now and when the sequence was sampled. */
  readonly values: readonly number[];
  readonly oldValues: readonly number[];
  /** Targets of the values (`gae`). */
  readonly returns: readonly number[];
  /** Entropy in nats of the policy at each token. */
  readonly entropies: readonly number[];
}

/** Weights of the terms besides the clipped one: the critic's error and the entropy bonus. */
export interface Balance {
  readonly clip?: Clip;
  readonly value?: number;
  readonly entropy?: number;
}

/**
 * Proximal policy optimisation (Schulman 2017), averaged over tokens: L = clipped term + value 1/2 max((V - R)^2,
 * (clip(V, V_old - low, V_old + high) - R)^2) - entropy H. The gradient is also with respect to values and entropies,
 * each in the shape of the log-probabilities, for callers that train a critic or have the full distribution.
 */
export function ppo(
  batch: readonly Valued[],
  { clip = clips.even, value = 0.5, entropy = 0 }: Balance = {},
): Loss<{ logprobs: number[][]; values: number[][]; entropies: number[][] }> {
  const scale = perToken(batch);
  const policy = sumOf(batch, scale, clipped(clip));
  const critic = sumOf(batch, scale, (sequence, t) => criticTerm(sequence, t, clip));
  const spread = sumOf(batch, scale, ({ entropies }, t) => ({ value: -entropies[t]!, slope: -1 }));
  const times = (rows: readonly number[][], factor: number): number[][] =>
    rows.map((row) => row.map((each) => factor * each));
  return {
    loss: policy.loss + value * critic.loss + entropy * spread.loss,
    gradient: {
      logprobs: policy.gradient,
      values: times(critic.gradient, value),
      entropies: times(spread.gradient, entropy),
    },
  };
}

function criticTerm(
  { values, oldValues, returns }: Valued,
  t: number,
  { low, high }: Clip,
): { value: number; slope: number } {
  const old = oldValues[t]!;
  const free = values[t]! - returns[t]!;
  const held = Math.min(Math.max(values[t]!, old - low), old + high) - returns[t]!;
  if (free ** 2 >= held ** 2) return { value: free ** 2 / 2, slope: free };
  return { value: held ** 2 / 2, slope: 0 };
}
