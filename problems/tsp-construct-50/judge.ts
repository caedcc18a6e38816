import type { Verdict } from '../../core/search/outcome.ts';

/** Cities by coordinates in the unit square. */
export interface Tour {
  readonly points: readonly (readonly [x: number, y: number])[];
}

/** Score: minus the length of the closed tour. `output` lists every city once, by number from 0. */
export function judge({ points }: Tour, output: unknown): Verdict {
  const n = points.length;
  if (!Array.isArray(output) || output.length !== n) return { invalid: `expected a tour of ${n} cities` };
  const seen = new Uint8Array(n);
  for (const city of output as unknown[]) {
    if (!(typeof city === 'number' && Number.isInteger(city) && city >= 0 && city < n)) {
      return { invalid: `expected cities to be whole numbers from 0 to ${n - 1}` };
    }
    if (seen[city]) return { invalid: `city ${city} is visited twice` };
    seen[city] = 1;
  }
  let length = 0;
  let [x, y] = points[output[n - 1]]!;
  for (const city of output as number[]) {
    const [nextX, nextY] = points[city]!;
    length += Math.sqrt((nextX - x) ** 2 + (nextY - y) ** 2);
    [x, y] = [nextX, nextY];
  }
  return { score: -length, measures: { length } };
}
