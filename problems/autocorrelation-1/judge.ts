import type { Verdict } from '../../core/search/outcome.ts';
import { quotient } from '../exact.ts';
import { greatest, readSteps } from '../steps.ts';

/** How many steps a function may have, how high they may be, and how much they must sum to. */
export interface Steps {
  readonly most: number;
  readonly highest: number;
  readonly sum: number;
}

/** Heights are read as multiples of this. */
const unit = 2 ** -40;

/** Score: minus the greatest value of f * f, relative to the square of the integral. `output` holds the heights. */
export function judge({ most, highest, sum }: Steps, output: unknown): Verdict {
  const steps = readSteps(output, { most, highest, unit });
  if ('invalid' in steps) return steps;
  const total = steps.reduce((all, each) => all + each, 0n);
  if (!(total >= BigInt(sum / unit))) return { invalid: `expected heights that sum to ${sum} or more` };
  const bound = quotient(2n * BigInt(steps.length) * greatest(convolved(steps)), total * total);
  return { score: -bound, measures: { bound, steps: steps.length } };
}

/** The values of f * f at its breakpoints: sum_i f_i f_{k-i} for k = 0 to 2n - 2. It is linear in between. */
export function convolved(steps: readonly bigint[]): bigint[] {
  const n = steps.length;
  return Array.from({ length: 2 * n - 1 }, (_, k) => {
    let sum = 0n;
    for (let i = Math.max(0, k - n + 1); i <= Math.min(k, n - 1); i++) sum += steps[i]! * steps[k - i]!;
    return sum;
  });
}
