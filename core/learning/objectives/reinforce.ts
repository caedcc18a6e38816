import { type Loss, perToken, type Sequence, sumOf } from './objective.ts';

/**
 * REINFORCE (Williams 1992): L = -1/(sum_i |o_i|) sum_i sum_t w_it A_it log p_it, for on-policy samples.
 */
export function reinforce(batch: readonly Sequence[]): Loss {
  return sumOf(batch, perToken(batch), ({ logprobs, advantages }, t) => ({
    value: -advantages[t]! * logprobs[t]!,
    slope: -advantages[t]!,
  }));
}
