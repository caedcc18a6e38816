import { type Loss, perToken, type Sequence, sumOf } from './objective.ts';

/** Cross-entropy: L = -1/(sum_i |o_i|) sum_i sum_t w_it log p_it, on programs to imitate. */
export function sft(batch: readonly Pick<Sequence, 'logprobs' | 'mask' | 'weights'>[]): Loss {
  return sumOf(batch, perToken(batch), ({ logprobs }, t) => ({ value: -logprobs[t]!, slope: -1 }));
}
