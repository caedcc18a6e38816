import type { Verdict } from '../../core/search/outcome.ts';
import { exact, quotient } from '../exact.ts';
import { isPoint, type Point } from '../plane.ts';

/** How many points, and the bounds that keep them away from the ends of the doubles. */
export interface Scatter {
  readonly points: number;
  /** Largest coordinate, either sign. */
  readonly reach: number;
  /** Least distance of two points. */
  readonly apart: number;
}

/** Score: minus the square of the largest distance over the smallest. `output` holds [x, y] of each point. */
export function judge({ points, reach, apart }: Scatter, output: unknown): Verdict {
  if (!Array.isArray(output) || output.length !== points) return { invalid: `expected ${points} points` };
  for (let i = 0; i < points; i++) {
    if (!isPoint(output[i], reach))
      return { invalid: `point ${i}: expected [x, y], numbers from ${-reach} to ${reach}` };
  }
  const { least, most } = extremes(output as Point[]);
  if (!(least.square >= exact(apart) ** 2n)) {
    return { invalid: `points ${least.pair.join(' and ')} are closer than ${apart}` };
  }
  const ratio = quotient(most.square, least.square);
  return { score: -ratio, measures: { ratio } };
}

/** A pair of points by number, and the square of their distance in units of 2^-2148: a whole number, exactly. */
export interface Distance {
  readonly pair: readonly [number, number];
  readonly square: bigint;
}

/** The closest and the farthest pair, by comparison over the rationals. */
export function extremes(points: readonly Point[]): { readonly least: Distance; readonly most: Distance } {
  const whole = points.map(([x, y]) => [exact(x), exact(y)] as const);
  const distances = whole.flatMap(([x, y], i) =>
    whole.slice(0, i).map(([a, b], j): Distance => ({ pair: [j, i], square: (x - a) ** 2n + (y - b) ** 2n })),
  );
  let least = distances[0]!;
  let most = least;
  for (const distance of distances) {
    if (distance.square < least.square) least = distance;
    if (distance.square > most.square) most = distance;
  }
  return { least, most };
}
