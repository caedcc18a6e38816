import type { Grammar } from './grammar.ts';
import type { DecisionState } from './walk.ts';

/** Probability that a branch ends at a depth, where nothing is result. */
const ending = [0.12, 0.25, 0.4, 0.6, 0.75, 0.85, 0.95, 1];

/**
 * Standard deviation of what is drawn where nothing is learnt: of a fresh number as its inverse hyperbolic sine, of a move
 * in units of the number.
 */
export const spread = { fresh: 1.5, moved: 0.3 } as const;

/** Probabilities of the allowed productions at a state where nothing is result, in their order. */
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
