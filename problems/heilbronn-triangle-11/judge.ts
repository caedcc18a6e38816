import type { Verdict } from '../../core/search/outcome.ts';
import { exact, quotient } from '../exact.ts';
import { isPoint, type Point } from '../plane.ts';

/** How many points go into the triangle (0, 0), (1, 0), (0, 1). */
export interface Corner {
  readonly points: number;
}

const one = exact(1);

/** Score: the smallest triangle that three of the points form, as a share of the triangle that they lie in. */
export function judge({ points }: Corner, output: unknown): Verdict {
  if (!Array.isArray(output) || output.length !== points) return { invalid: `expected ${points} points` };
  for (let i = 0; i < points; i++) {
    if (!isPoint(output[i], 1)) return { invalid: `point ${i}: expected [x, y], numbers from 0 to 1` };
    if (!inside(output[i])) return { invalid: `point ${i} is not inside the triangle` };
  }
  const { share } = smallest(output as Point[]);
  return { score: share, measures: { share } };
}

/** Whether a point lies in the triangle: x >= 0, y >= 0 and x + y <= 1 over the rationals. */
export function inside([x, y]: Point): boolean {
  return x >= 0 && y >= 0 && exact(x) + exact(y) <= one;
}

/** The triangle of the smallest area among all that three of the points form, and its share of the corner's. */
export function smallest(points: readonly Point[]): {
  readonly corners: readonly [number, number, number];
  readonly share: number;
} {
  const whole = points.map(([x, y]) => [exact(x), exact(y)] as const);
  let corners: [number, number, number] = [0, 1, 2];
  let least: bigint | undefined;
  for (const [i, [x, y]] of whole.entries()) {
    for (const [j, [a, b]] of whole.slice(0, i).entries()) {
      for (const [k, [c, d]] of whole.slice(0, j).entries()) {
        const signed = (a - x) * (d - y) - (c - x) * (b - y);
        const twice = signed < 0n ? -signed : signed;
        if (least !== undefined && least <= twice) continue;
        least = twice;
        corners = [k, j, i];
      }
    }
  }
  // Both are twice the area, that of the corner being 1.
  return { corners, share: quotient(least ?? 0n, one * one) };
}
