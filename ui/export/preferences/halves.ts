import type { Pair } from './mutual.ts';

/**
 * EvoTune's pairs (Surina 2025) among the answers to one prompt: the better half of the scored answers against the worse half,
 * best against best, and the scored answers, cyclically from the best, against each failed one. `scores`: undefined for a
 * failed answer. Pairs whose chosen answer scores below `floor` (`floorOf`) are dropped. With an odd number of scores the
 * middle one is in neither half; equal scores make no pair.
 */
export function halves(scores: readonly (number | undefined)[], floor: number): Pair[] {
  const places = scores.map((_, i) => i);
  const valid = places.filter((i) => scores[i] !== undefined).sort((a, b) => scores[b]! - scores[a]!);
  const failed = places.filter((i) => scores[i] === undefined);
  const half = Math.floor(valid.length / 2);
  const worse = valid.slice(valid.length - half);
  const pairs: Pair[] = [];
  for (let k = 0; k < half; k++) pairs.push([valid[k]!, worse[k]!]);
  if (valid.length > 0) for (const [k, i] of failed.entries()) pairs.push([valid[k % valid.length]!, i]);
  return pairs.filter(
    ([chosen, rejected]) => scores[chosen]! >= floor && scores[chosen] !== scores[rejected],
  );
}

/** The quantile `share`, in [0, 1], of the scores; the paper's floor for `halves` is 0.7. */
export function floorOf(scores: readonly number[], share = 0.7): number {
  const sorted = scores.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NEGATIVE_INFINITY;
}
