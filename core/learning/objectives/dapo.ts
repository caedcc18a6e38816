import { type Clip, clipped, clips } from './clipped.ts';
import { type Loss, perToken, type Sequence, sumOf } from './objective.ts';

/**
 * DAPO (Yu 2025): L = 1/(sum_i |o_i|) sum_i sum_t clipped term, averaged over tokens, clipped at 0.8 and
 * 1.28, without a reference policy. The paper combines it with `dynamic` sampling and the reward `overlong`.
 */
export function dapo(batch: readonly Sequence[], clip: Clip = clips.higher): Loss {
  return sumOf(batch, perToken(batch), clipped(clip));
}
