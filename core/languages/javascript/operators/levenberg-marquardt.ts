import type { Source } from '../../../search/program.ts';
import type { Reply, RunOutcome, Step } from '../../../search/roles.ts';
import { compare, run } from '../../../search/step.ts';
import { type NormalEquations, normalEquationsOf, stepOf } from './least-squares.ts';

/** Step of the finite differences, in units of each number. */
const h = 1e-4;

/** A point with the score of its program. */
export interface Point {
  readonly point: readonly number[];
  readonly score: number;
}

/** A family of programs by their numbers. */
export type Write = (point: readonly number[]) => Source;

const scoreOf = (outcome: RunOutcome | undefined): number =>
  outcome?.status === 'scored' ? outcome.score : Number.NEGATIVE_INFINITY;

/**
 * Fits numbers by least squares (Levenberg 1944, Marquardt 1963): slopes by finite differences, one run for each
 * number, then the best of a few damped steps, and again from there. Uses at most `runs` evaluations; ends early
 * when a step gains nothing.
 */
export function* levenbergMarquardt(from: Point, write: Write, runs: number): Generator<Step, Point, Reply> {
  const n = from.point.length;
  let best = from;
  let damping = 1e-3;
  for (let used = 0, failures = 0; runs - used >= n + 2 && failures < 2; ) {
    const slopes = yield* normalEquationsAt(best.point, write);
    used += n + 1;
    if (!slopes) break;
    const steps = stepsOf(slopes, damping).slice(0, runs - used);
    const points = steps.map(({ step }) => best.point.map((x, i) => x + step[i]!));
    const outcomes = yield* run(points.map(write));
    used += points.length;
    const scores = outcomes.map(scoreOf);
    const top = scores.indexOf(Math.max(...scores));
    if (top >= 0 && scores[top]! > best.score) {
      // A gain beyond the tenth digit is rounding.
      failures = scores[top]! - best.score < 1e-9 * Math.abs(best.score) ? 2 : 0;
      best = { point: points[top]!, score: scores[top]! };
      damping = Math.max(1e-9, steps[top]!.damping / 10);
    } else {
      failures++;
      damping *= 1000;
    }
    if (outcomes.some((each) => each.status === 'refused')) break;
  }
  return best;
}

/** Undefined where the search refuses runs, or the program fails at the point itself. */
export function* normalEquationsAt(
  point: readonly number[],
  write: Write,
): Generator<Step, NormalEquations | undefined, Reply> {
  const moved = point.map((_, i) => point.map((x, k) => (k === i ? x + h : x)));
  const { outcomes, products } = yield* compare([point, ...moved].map(write));
  if (outcomes[0]?.status !== 'scored' || outcomes.some((each) => each.status === 'refused'))
    return undefined;
  return normalEquationsOf(products, h);
}

function stepsOf(slopes: NormalEquations, damping: number): { step: number[]; damping: number }[] {
  const free = slopes.jr.map((_, i) => i).filter((i) => slopes.jj[i]![i]! > 0);
  if (free.length === 0) return [];
  return [damping / 10, damping * 10, damping * 1000].flatMap((each) => {
    const step = stepOf(slopes, free, each);
    return step ? [{ step, damping: each }] : [];
  });
}
