import type { Term } from './objective.ts';

/** Log-probabilities of a sequence's tokens, under the policy and under the reference policy. */
export interface Referred {
  readonly logprobs: readonly number[];
  readonly reference: readonly number[];
}

/**
 * KL(policy || reference) of a token by the estimator k3 = e^d - d - 1, d = log reference - log policy (Schulman
 * 2020): never negative, unbiased in value under the policy's own samples. Slope 1 - e^d.
 */
export function klTerm({ logprobs, reference }: Referred, t: number): Term {
  const d = reference[t]! - logprobs[t]!;
  return { value: Math.expm1(d) - d, slope: -Math.expm1(d) };
}
