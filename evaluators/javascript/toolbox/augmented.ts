import { lbfgs } from './lbfgs.ts';
import type { Vector } from './vectors.ts';

/** A function to make small, and numbers c_k that are wanted at most 0 meanwhile. */
export interface Constrained {
  /** The value; fills `gradient`, which is all 0 when it is called. */
  value(x: Float64Array, gradient: Float64Array): number;
  /** How many c_k there are. */
  readonly constraints: number;
  /** Writes every c_k(x) to c[k]. */
  fill(x: Float64Array, c: Float64Array): void;
  /** Adds to `gradient` the sum over k of weights[k] times the gradient of c_k. Most weights are 0: skip those. */
  pull(x: Float64Array, weights: Float64Array, gradient: Float64Array): void;
}

/** How hard to push, and how long. */
export interface Pressure {
  /** Most descents, one after each change of the pressure; 20 when left out. */
  readonly rounds?: number;
  /** Most steps of one descent; 100 when left out. */
  readonly iterations?: number;
  /** What a broken constraint costs at first: half of this times its square; 10 when left out. */
  readonly penalty?: number;
  /** What the penalty is multiplied by after a round that did not bring the constraints much closer; 4 when left out. */
  readonly growth?: number;
  /** Ends where no constraint is broken by more and the last descent came to its end; 1e-10 when left out. */
  readonly tolerance?: number;
  /** As of `lbfgs`. */
  readonly memory?: number;
}

/** Where it ended: `violation` is the largest c_k, or 0 if none is above 0. */
export interface Settled {
  readonly x: Float64Array;
  readonly value: number;
  readonly violation: number;
}

/**
 * A local minimum under inequalities, from any `start`: the augmented Lagrangian of Powell, Hestenes and Rockafellar
 * (Nocedal 2006, chapter 17) over `lbfgs`. What comes back is feasible only to `violation`.
 */
export function augmented(problem: Constrained, start: Vector, options: Pressure = {}): Settled {
  const { rounds = 20, iterations = 100, growth = 4, tolerance = 1e-10, memory = 10 } = options;
  const m = problem.constraints;
  const c = new Float64Array(m);
  const prices = new Float64Array(m);
  const weights = new Float64Array(m);
  let penalty = options.penalty ?? 10;
  const lagrangian = (x: Float64Array, gradient: Float64Array): number => {
    const value = problem.value(x, gradient);
    problem.fill(x, c);
    let cost = 0;
    for (let k = 0; k < m; k++) {
      const weight = Math.max(0, prices[k]! + penalty * c[k]!);
      weights[k] = weight;
      cost += weight * weight - prices[k]! * prices[k]!;
    }
    problem.pull(x, weights, gradient);
    return value + cost / (2 * penalty);
  };
  let x: Float64Array = new Float64Array(start);
  let before = Number.POSITIVE_INFINITY;
  let fine = 0.05;
  for (let round = 0; round < rounds; round++) {
    fine = Math.max(tolerance, fine / 5);
    const found = lbfgs(lagrangian, x, { iterations, memory, tolerance: fine });
    x = found.x;
    problem.fill(x, c);
    let off = 0;
    for (let k = 0; k < m; k++) {
      // A constraint that costs something should hold with equality.
      off = Math.max(off, Math.abs(Math.max(c[k]!, -prices[k]! / penalty)));
      prices[k] = Math.min(1e12, Math.max(0, prices[k]! + penalty * c[k]!));
    }
    if (off <= tolerance && fine <= tolerance) break;
    // Below what the descent leaves undecided, a higher penalty would only make the next one harder.
    if (off > 0.5 * before && off * penalty > fine) penalty = Math.min(1e12, penalty * growth);
    before = off;
  }
  problem.fill(x, c);
  let violation = 0;
  for (let k = 0; k < m; k++) violation = Math.max(violation, c[k]!);
  return { x, value: problem.value(x, new Float64Array(x.length)), violation };
}
