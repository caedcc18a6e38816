import { along, type Point, type Smooth } from './line.ts';
import { dot, type Vector } from './vectors.ts';

/** How long to go on, and how. */
export interface Descent {
  /** Most steps; 200 when left out. */
  readonly iterations?: number;
  /** Ends where no number of the gradient is further from 0; 1e-9 when left out. */
  readonly tolerance?: number;
  /** Steps remembered to tell the curvature; 10 when left out. */
  readonly memory?: number;
}

/** Where a descent ended. */
export interface Minimum {
  readonly x: Float64Array;
  readonly value: number;
  /** Steps made. */
  readonly iterations: number;
}

/**
 * A local minimum of a smooth function, downhill from `start`: L-BFGS (Liu and Nocedal 1989) with a strong Wolfe line
 * search. The value never rises; a place where the function is no number is not entered.
 */
export function lbfgs(f: Smooth, start: Vector, options: Descent = {}): Minimum {
  const { iterations = 200, tolerance = 1e-9, memory = 10 } = options;
  const n = start.length;
  const place = (): Point => ({ x: new Float64Array(n), gradient: new Float64Array(n), value: 0 });
  let at = place();
  let then = place();
  const spare = place();
  at.x.set(start);
  at.value = f(at.x, at.gradient);
  const past = curvature(n, Math.max(1, Math.floor(memory)));
  const direction = new Float64Array(n);
  let done = 0;
  for (let stuck = 0; done < iterations && stuck < 4; done++) {
    const size = steepest(at.gradient);
    if (!(size > tolerance)) break;
    past.turn(at.gradient, direction);
    let slope = dot(at.gradient, direction);
    if (!(slope < 0)) {
      past.forget();
      past.turn(at.gradient, direction);
      slope = dot(at.gradient, direction);
    }
    const first = past.knows() ? 1 : Math.min(1, 1 / Math.sqrt(-slope));
    if (!along(f, at, direction, slope, first, then, spare)) {
      if (!past.knows()) break;
      past.forget();
      continue;
    }
    past.learn(at, then);
    stuck = at.value - then.value > 1e-15 * Math.abs(then.value) ? 0 : stuck + 1;
    const left = at;
    at = then;
    then = left;
  }
  return { x: at.x, value: at.value, iterations: done };
}

/** The largest number of a gradient, whatever its sign. */
function steepest(gradient: Float64Array): number {
  let most = 0;
  for (let i = 0; i < gradient.length; i++) {
    const size = Math.abs(gradient[i]!);
    // What is no number must end the descent, and no comparison with it holds.
    if (!(size <= most)) most = size;
  }
  return most;
}

/** What the last steps tell of the curvature: the two loops of L-BFGS over a ring of `memory` pairs. */
function curvature(n: number, memory: number) {
  const steps = Array.from({ length: memory }, () => new Float64Array(n));
  const changes = Array.from({ length: memory }, () => new Float64Array(n));
  const products = new Float64Array(memory);
  const shares = new Float64Array(memory);
  let used = 0;
  let newest = -1;
  let scale = 1;
  return {
    knows: () => used > 0,
    forget(): void {
      used = 0;
      scale = 1;
    },
    /** Takes in a step, unless the function curves the wrong way along it. */
    learn(from: Point, to: Point): void {
      const slot = (newest + 1) % memory;
      const s = steps[slot]!;
      const y = changes[slot]!;
      for (let i = 0; i < n; i++) {
        s[i] = to.x[i]! - from.x[i]!;
        y[i] = to.gradient[i]! - from.gradient[i]!;
      }
      const product = dot(s, y);
      const square = dot(y, y);
      if (!(product > 1e-14 * Math.sqrt(square * dot(s, s)))) {
        // The slot held the oldest pair.
        if (used === memory) used--;
        return;
      }
      newest = slot;
      used = Math.min(used + 1, memory);
      products[slot] = product;
      scale = product / square;
    },
    /** Writes the direction to go in from a place with this gradient. */
    turn(gradient: Float64Array, into: Float64Array): void {
      for (let i = 0; i < n; i++) into[i] = -gradient[i]!;
      for (let k = 0; k < used; k++) {
        const slot = (newest - k + memory) % memory;
        const share = dot(steps[slot]!, into) / products[slot]!;
        shares[slot] = share;
        const y = changes[slot]!;
        for (let i = 0; i < n; i++) into[i]! -= share * y[i]!;
      }
      for (let i = 0; i < n; i++) into[i]! *= scale;
      for (let k = used - 1; k >= 0; k--) {
        const slot = (newest - k + memory) % memory;
        const share = shares[slot]! - dot(changes[slot]!, into) / products[slot]!;
        const s = steps[slot]!;
        for (let i = 0; i < n; i++) into[i]! += share * s[i]!;
      }
    },
  };
}
