import type { Resident } from '../core/search/archive.ts';
import type { Elite } from '../core/search/program.ts';
import type { Random } from '../core/search/random.ts';

/**
 * Draws up to `count` parents without replacement from the residents of an island, listed best first; returns the
 * better ones first.
 */
export type Sampler = (residents: readonly Resident[], count: number, random: Random) => Elite[];

/** Uniform. */
export function uniform(): Sampler {
  return (residents, count, random) => take(residents, count, (left) => random.int(left.length));
}

/** The best of `size` entrants drawn with replacement (Goldberg and Deb 1991). `size` is 1 or more. */
export function tournament(size: number): Sampler {
  return (residents, count, random) =>
    take(residents, count, (left) => {
      let best = left.length;
      for (let i = 0; i < size; i++) best = Math.min(best, random.int(left.length));
      return best;
    });
}

/** Odds of rank ** -`alpha`, the best having rank 1; an `alpha` of 0 is uniform. Ignores the spacing of scores. */
export function powerLaw(alpha: number): Sampler {
  return byWeight((residents) => residents.map((_, i) => (i + 1) ** -alpha));
}

/**
 * Greedy at first, then wider as parents fail: odds of rank ** -`alpha` / (1 + offspring / `patience`). For searches
 * with expensive trials: hill climbing while it gains, then a population.
 */
export function greedy(alpha: number, patience: number): Sampler {
  return byWeight((residents) =>
    residents.map(({ offspring }, i) => (i + 1) ** -alpha / (1 + offspring / patience)),
  );
}

/**
 * Odds of sigmoid(`lambda` * (score - median) / deviation) / (1 + offspring), so that good programs with few
 * offspring are preferred (Lange, Imajuku and Cetin 2025). The deviation is the median absolute one; the
 * mean absolute one where more than half of the scores are equal; where all are, only offspring counts.
 */
export function weighted(lambda: number): Sampler {
  return byWeight((residents) => {
    const steps = deviations(residents.map(({ elite }) => elite.outcome.score));
    return residents.map(({ offspring }, i) => 1 / (1 + Math.exp(-lambda * steps[i]!)) / (1 + offspring));
  });
}

/** The distance of each score from the median, in typical deviations. */
function deviations(scores: readonly number[]): number[] {
  // Scaled by the largest, so that no difference overflows.
  const unit = Math.max(...scores.map(Math.abs)) || 1;
  const scaled = scores.map((score) => score / unit);
  const centre = median(scaled);
  const away = scaled.map((each) => Math.abs(each - centre));
  const typical = median(away) || away.reduce((sum, each) => sum + each, 0) / away.length;
  return scaled.map((each) => (typical > 0 ? (each - centre) / typical : 0));
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** Smallest weight, relative to 1: every program can be drawn. */
const least = 1e-12;

function byWeight(weigh: (residents: readonly Resident[]) => number[]): Sampler {
  return (residents, count, random) => {
    const weights = weigh(residents).map((weight) => Math.max(weight, least));
    return take(residents, count, (left) => random.weighted(left.map((i) => weights[i]!)));
  };
}

/** Draws residents one by one; `choose` returns an index into the remaining ones, best first. */
function take(
  residents: readonly Resident[],
  count: number,
  choose: (left: readonly number[]) => number,
): Elite[] {
  const left = residents.map((_, i) => i);
  const taken: number[] = [];
  while (taken.length < count && left.length > 0) taken.push(...left.splice(choose(left), 1));
  return taken.sort((a, b) => a - b).map((i) => residents[i]!.elite);
}
