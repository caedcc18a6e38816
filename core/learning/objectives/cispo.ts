import type { Sequence } from './objective.ts';
import { reinforce } from './reinforce.ts';

/**
 * CISPO (MiniMax 2025): `reinforce` with each token weighted by its ratio of new to old probability, at most `cap`, as a
 * constant, so that no token's gradient vanishes and none dominates. The paper's cap was not checked; 5 is ours.
 */
export function cispo(batch: readonly Sequence[], cap = 5): ReturnType<typeof reinforce> {
  return reinforce(batch.map((sequence) => ({ ...sequence, weights: cappedRatios(sequence, cap) })));
}

/** The weights of CISPO: min(r, cap) times the sequence's own weights. */
export function cappedRatios({ logprobs, old, weights }: Sequence, cap: number): number[] {
  return logprobs.map((each, t) => Math.min(Math.exp(each - old[t]!), cap) * (weights?.[t] ?? 1));
}
