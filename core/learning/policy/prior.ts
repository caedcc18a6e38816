import type { Grammar } from './grammar.ts';
import type { DecisionState } from './walk.ts';

/** Prior probability that a branch ends at a depth. */
const ending = [0.12, 0.25, 0.4, 0.6, 0.75, 0.85, 0.95, 1];

/**
 * Prior standard deviation of sampled constants: of a fresh number on the inverse hyperbolic sine scale, of a moved number
 * relative to the number.
 */
export const spread = { fresh: 1.5, moved: 0.3 } as const;

/** Prior probabilities of the allowed productions in a state, in their order. */
export function priors(
  { productions }: Grammar,
  { depth }: DecisionState,
  allowed: readonly number[],
): Float64Array {
  let ends = 0;
  let goes = 0;
  for (const each of allowed) {
    const { below, share } = productions[each]!;
    if (below.length > 0) goes += share;
    else ends += share;
  }
  const end = ends === 0 ? 0 : goes === 0 ? 1 : ending[Math.min(depth, ending.length - 1)]!;
  return Float64Array.from(allowed, (each) => {
    const { below, share } = productions[each]!;
    return below.length > 0 ? ((1 - end) * share) / goes : (end * share) / ends;
  });
}
