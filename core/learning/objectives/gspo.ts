import { type Clip, clippedTerm } from './clipped.ts';
import { type Loss, own, type Sequence } from './objective.ts';

/**
 * Group sequence policy optimisation (Zheng 2025): the ratio of a sequence, the geometric mean of its tokens' ratios,
 * s_i = exp(mean_t log r_it), is clipped: L = -1/G sum_i min(s_i A_i, clip(s_i) A_i). A_i is the mean of the tokens'
 * advantages; weights of tokens are ignored. The clip is about a thousandth of that for tokens: 3e-4 down and 4e-4 up in
 * the paper.
 */
export function gspo(batch: readonly Sequence[], clip: Clip = { low: 3e-4, high: 4e-4 }): Loss {
  let loss = 0;
  const gradient = batch.map((sequence) => {
    const { logprobs, old, advantages, mask } = sequence;
    const count = Math.max(1, own(sequence));
    const mean = (of: (t: number) => number): number =>
      mask.reduce((sum, its, t) => sum + (its ? of(t) : 0), 0) / count;
    const { value, slope } = clippedTerm(
      mean((t) => logprobs[t]! - old[t]!),
      mean((t) => advantages[t]!),
      clip,
    );
    loss += value / batch.length;
    return mask.map((its) => (its ? slope / count / batch.length : 0));
  });
  return { loss, gradient };
}
