import { type Clip, clipped, clips } from './clipped.ts';
import { type Loss, type Sequence, sumOf } from './objective.ts';

/**
 * GRPO done right (Liu 2025): L = 1/(G `most`) sum_i sum_t clipped term, with the constant `most`, the maximum number
 * of tokens of a sequence, so that no length is favoured; used with the advantages of `centred`.
 */
export function drGrpo(batch: readonly Sequence[], most: number, clip: Clip = clips.even): Loss {
  return sumOf(batch, () => 1 / (batch.length * most), clipped(clip));
}
