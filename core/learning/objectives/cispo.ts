import type { Sequence } from './objective.ts';
import { reinforce } from './reinforce.ts';

/**
 * CISPO (MiniMax 2025): `reinforce` with each token weighed by its ratio of new to old probability, at most `cap`, as
 * a constant: no token stops pulling, and none pulls too hard. The paper's cap was not checked; 5 is ours.
 */
export function cispo(batch: readonly Sequence[], cap = 5): ReturnType<typeof reinforce> {
  return reinforce(batch.map((sequence) => ({ ...sequence, weights: cappedRatios(sequence, cap) })));
}

/** The weights of CISPO: min(r, cap), times those that are there. */
export function cappedRatios({ logprobs, old, weights }: Sequence, cap: number): number[] {
  return logprobs.map((each, t) => Math.min(Math.exp(each - old[t]!), cap) * (weights?.[t] ?? 1));
}
