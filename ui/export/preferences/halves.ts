import type { Pair } from './mutual.ts';

/**
 * EvoTune's pairs (Surina 2025) among the answers to one prompt: the better half of those that scored against the worse
 * half, best against best, and those that scored, best first and again from the start, against each that failed.
 * `scores`: undefined for an answer that failed. Only pairs stay whose chosen answer scores at least `floor` (`floorOf`).
 * With an odd number of scores the middle one is in neither half; equal scores make no pair.
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

/** The score that a share, in [0, 1], of all scores lies below: the floor of `halves` is 0.7 in the paper. */
export function floorOf(scores: readonly number[], share = 0.7): number {
  const sorted = scores.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NEGATIVE_INFINITY;
}
