import { type Loss, perToken, type Sequence, sumOf } from './objective.ts';

/**
 * Importance sampling: L = -1/(sum_i |o_i|) sum_i sum_t r_it A_it, r the ratio of new to old probability, without
 * clipping; TTT-Discover takes one step of it (Yuksekgonul 2026).
 */
export function importance(batch: readonly Sequence[]): Loss {
  return sumOf(batch, perToken(batch), ({ logprobs, old, advantages }, t) => {
    const term = -Math.exp(logprobs[t]! - old[t]!) * advantages[t]!;
    return { value: term, slope: term };
  });
}
