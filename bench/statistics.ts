/** What may be said of two samples: ranks, shifts, and how surprising they are. Samples are not empty; -Infinity is a value. */
import { random } from '../core/search/random.ts';

const ascending = (a: number, b: number): number => (a < b ? -1 : a > b ? 1 : 0);

/** The value below which a share of the sample lies, with straight lines between its values. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted(ascending);
  const place = share * (sorted.length - 1);
  const below = sorted[Math.floor(place)]!;
  const above = sorted[Math.ceil(place)]!;
  const part = place - Math.floor(place);
  return below === above || part === 0 ? below : below * (1 - part) + above * part;
}

export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

/** By how much `a` lies above `b`: the median of the differences of all pairs (Hodges and Lehmann 1963). */
export function ahead(a: readonly number[], b: readonly number[]): number {
  return median(a.flatMap((x) => b.map((y) => (x === y ? 0 : x - y))));
}

/** `ahead`, with its 95 % interval over 2,000 samples drawn again from the two. */
export function shift(
  a: readonly number[],
  b: readonly number[],
): { readonly size: number; readonly low: number; readonly high: number } {
  const draw = random('bootstrap');
  const again = (x: readonly number[]): number[] => x.map(() => draw.pick(x));
  const resampled = Array.from({ length: 2000 }, () => ahead(again(a), again(b))).sort(ascending);
  return { size: ahead(a, b), low: resampled[50]!, high: resampled[1949]! };
}

/**
 * The centre of paired differences: the median of the means of all two of them (Hodges and Lehmann 1963), with its 95 %
 * interval over 2,000 samples drawn again. Infinite differences count as such.
 */
export function centre(differences: readonly number[]): {
  readonly size: number;
  readonly low: number;
  readonly high: number;
} {
  const draw = random('bootstrap');
  const of = (values: readonly number[]): number =>
    median(values.flatMap((x, i) => values.slice(i).map((y) => (x === y ? x : (x + y) / 2 || 0))));
  const resampled = Array.from({ length: 2000 }, () =>
    of(differences.map(() => draw.pick(differences))),
  ).sort(ascending);
  return { size: of(differences), low: resampled[50]!, high: resampled[1949]! };
}

/** Ranks from 1, equals sharing the mean of theirs. */
function ranks(values: readonly number[]): number[] {
  const sorted = values.toSorted(ascending);
  return values.map((value) => (sorted.indexOf(value) + sorted.lastIndexOf(value)) / 2 + 1);
}

/**
 * The test of Mann and Whitney (1947), two-sided. `u`: pairs in which `a` is higher, equal ones counting half. `p`: how
 * often a `u` at least as far from its mean comes of dealing the same values out at random. Exact, ties and all, up to
 * `most` values in each sample; beyond by the normal approximation with corrections for ties and continuity.
 */
export function mannWhitney(
  a: readonly number[],
  b: readonly number[],
  most = 30,
): { readonly u: number; readonly p: number } {
  const rank = ranks([...a, ...b]);
  const sum = rank.slice(0, a.length).reduce((total, each) => total + each, 0);
  const u = sum - (a.length * (a.length + 1)) / 2;
  const off = Math.abs(u - (a.length * b.length) / 2);
  const exact = a.length <= most && b.length <= most;
  return { u, p: exact ? dealt(rank, a.length, off) : normal(rank, a.length, off) };
}

/** The share of ways to choose `size` of the ranks whose sum is at least `off` from the mean of all such sums. */
function dealt(rank: readonly number[], size: number, off: number): number {
  // Twice a rank is whole. ways[k][s]: ways to choose k of the ranks so far with twice their sum being s.
  const twice = rank.map((each) => Math.round(2 * each));
  const total = twice.reduce((sum, each) => sum + each, 0);
  const ways = Array.from({ length: size + 1 }, () => new Float64Array(total + 1));
  ways[0]![0] = 1;
  for (const each of twice) {
    for (let k = size; k > 0; k--) {
      for (let s = total; s >= each; s--) ways[k]![s]! += ways[k - 1]![s - each]!;
    }
  }
  const mean = (total * size) / rank.length;
  let all = 0;
  let far = 0;
  for (const [s, count] of ways[size]!.entries()) {
    all += count;
    if (Math.abs(s - mean) >= 2 * off - 1e-9) far += count;
  }
  return far / all;
}

function normal(rank: readonly number[], size: number, off: number): number {
  const n = rank.length;
  const ties = [...Map.groupBy(rank, (each) => each).values()].map((group) => group.length);
  const tied = ties.reduce((sum, t) => sum + t ** 3 - t, 0);
  const variance = ((size * (n - size)) / 12) * (n + 1 - tied / (n * (n - 1)));
  if (variance === 0) return 1;
  return Math.min(1, 2 * tail(Math.max(0, off - 0.5) / Math.sqrt(variance)));
}

/** Probability that a standard normal draw is above z, for z of at least 0. */
function tail(z: number): number {
  const density = Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);
  if (z < 3) {
    // The series of the distribution about 0.
    let term = z;
    let sum = z;
    for (let k = 1; k < 60; k++) {
      term *= (z * z) / (2 * k + 1);
      sum += term;
    }
    return 0.5 - density * sum;
  }
  // The continued fraction of Laplace.
  let fraction = z;
  for (let k = 60; k > 0; k--) fraction = z + k / fraction;
  return density / fraction;
}

/** Values of p corrected for the number of tests (Holm 1979), in the order given. */
export function holm(values: readonly number[]): number[] {
  const order = values.map((_, i) => i).sort((i, j) => values[i]! - values[j]!);
  const adjusted = Array<number>(values.length);
  let least = 0;
  for (const [place, i] of order.entries()) {
    least = Math.max(least, Math.min(1, (values.length - place) * values[i]!));
    adjusted[i] = least;
  }
  return adjusted;
}
