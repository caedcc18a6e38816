import type { Verdict } from '../../core/search/outcome.ts';
import { quotient } from '../exact.ts';
import { greatest, readSteps } from '../steps.ts';

/** How many steps a function may have. */
export interface Steps {
  readonly most: number;
}

/** Heights are read as multiples of this. */
const unit = 2 ** -50;
const one = 1n << 50n;

/** Score: minus the overlap of the step function with what it lacks, at the worst shift. `output` holds its heights. */
export function judge({ most }: Steps, output: unknown): Verdict {
  const steps = readSteps(output, { most, highest: 1, unit });
  if ('invalid' in steps) return steps;
  const bound = overlap(steps);
  return { score: -bound, measures: { bound, steps: steps.length } };
}

/**
 * The largest over all shifts k of 2/n sum_i h_i (1 - h_{i+k}), rounded once, where h are the heights (in units of
 * 2^-50) scaled down to the sum n/2. Where their sum is less, what they lack is scaled down in their place: h and
 * 1 - h have the same overlaps.
 */
export function overlap(given: readonly bigint[]): number {
  const n = given.length;
  const total = (heights: readonly bigint[]) => heights.reduce((sum, each) => sum + each, 0n);
  const heights = 2n * total(given) < BigInt(n) * one ? given.map((each) => one - each) : given;
  // With h_i = n H_i / w, the overlap is 2 (w sum H_i - n sum H_i H_{i+k}) / w^2, both sums where i and i+k are steps.
  const w = 2n * total(heights);
  const overlaps: bigint[] = [];
  let left = 0n;
  let right = 0n;
  for (let k = n - 1; k >= 0; k--) {
    let both = 0n;
    for (let i = 0; i + k < n; i++) both += heights[i]! * heights[i + k]!;
    left += heights[n - 1 - k]!;
    right += heights[k]!;
    // A shift to the other side pairs the same steps, with their parts exchanged.
    overlaps.push(w * left - BigInt(n) * both, w * right - BigInt(n) * both);
  }
  return quotient(2n * greatest(overlaps), w * w);
}
