import type { Reply, Step } from '../../roles.ts';
import { run } from '../steps.ts';
import { descend, type Spot, slopesAt, type Write } from './descend.ts';
import { leftAfter, type Slopes, stepOf } from './normal.ts';

/** Terms in a sum at most, and the share of the squares that is left that each must take away. */
const mostTerms = 5;
const worth = 0.15;

/**
 * Finds the few of many terms that lower the sum of squares most, and their weights: orthogonal matching pursuit (Pati,
 * Rezaiifar and Krishnaprasad 1993) on the slopes at 0, which takes one run for each term and none for each choice.
 * Sums of one term, two and so on are then run, and the best is fitted with what is left of `runs`.
 */
export function* select(from: Spot, write: Write, runs: number): Generator<Step, Spot, Reply> {
  const n = from.point.length;
  const slopes = yield* slopesAt(from.point, write);
  if (!slopes) return from;
  let left = runs - n - 1;
  const sums = pursue(slopes).flatMap((weights) => [weights, weights.map((each) => each / 2)]);
  const points = sums.slice(-Math.max(0, left));
  const outcomes = yield* run(points.map(write));
  left -= points.length;
  let best = from;
  outcomes.forEach((outcome, i) => {
    if (outcome.status === 'scored' && outcome.score > best.score)
      best = { point: points[i]!, score: outcome.score };
  });
  if (best === from) return from;
  // Where the sum stands inside something bent, the weights that the slopes ask for are a first guess only.
  const chosen = best.point.flatMap((each, i) => (each === 0 ? [] : [i]));
  const spread = (few: readonly number[]): number[] => {
    const all = best.point.map(() => 0);
    chosen.forEach((i, k) => {
      all[i] = best.point[i]! + few[k]!;
    });
    return all;
  };
  const close = { point: chosen.map(() => 0), score: best.score };
  const fitted = yield* descend(close, (few) => write(spread(few)), left);
  return fitted.score > best.score ? { point: spread(fitted.point), score: fitted.score } : best;
}

/** Weights of the best sum of one term, of two, and so on. */
function pursue(slopes: Slopes): number[][] {
  const sums: number[][] = [];
  const chosen: number[] = [];
  let rest = slopes.rr;
  const open = new Set(slopes.jr.map((_, i) => i).filter((i) => slopes.jj[i]![i]! > 0));
  while (chosen.length < mostTerms) {
    let next: { term: number; weights: number[]; rest: number } | undefined;
    for (const term of open) {
      const weights = stepOf(slopes, [...chosen, term], 1e-10);
      if (!weights) continue;
      const after = leftAfter(slopes, weights);
      if (!next || after < next.rest) next = { term, weights, rest: after };
    }
    if (!next || !(next.rest < (1 - worth) * rest)) break;
    chosen.push(next.term);
    open.delete(next.term);
    rest = Math.max(next.rest, 0);
    sums.push(next.weights);
  }
  return sums;
}
