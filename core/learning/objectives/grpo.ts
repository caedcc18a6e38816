import { type Clip, clipped, clips } from './clipped.ts';
import { klTerm } from './kl.ts';
import { type Loss, perSequence, plus, type Sequence, sumOf } from './objective.ts';

/** The clip and the regularisation of GRPO. */
export interface Restraint {
  readonly clip?: Clip;
  /** Weight of the KL divergence from the reference, at least 0. */
  readonly kl: number;
}

/**
 * Group relative policy optimisation (Shao 2024): L = 1/G sum_i 1/|o_i| sum_t (clipped term + kl k3), with the
 * advantages of `standardised`. It has two biases that `drGrpo` removes: 1/|o_i| makes long failures cheap, and a group with
 * almost only successes or failures has a larger weight.
 */
export function grpo(
  batch: readonly (Sequence & { readonly reference: readonly number[] })[],
  { clip = clips.even, kl }: Restraint,
): Loss {
  const scale = perSequence(batch);
  const policy = sumOf(batch, scale, clipped(clip));
  return kl === 0 ? policy : plus(policy, sumOf(batch, scale, klTerm), kl);
}
