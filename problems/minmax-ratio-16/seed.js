import { augmented } from 'atoll/toolbox';

// EVOLVE-BLOCK-START
/** A 4 by 4 grid, bent by waves. */
function start() {
  const points = [];
  for (let row = 0; row < 4; row++) {
    for (let column = 0; column < 4; column++) {
      const x = column + 0.2 * Math.sin(1.3 * row + 0.5 * column);
      const y = row + 0.1 * Math.cos(0.7 * column - 0.4 * row);
      points.push([x, y]);
    }
  }
  return points;
}

/** The points, moved until the largest square of a distance is least while none is below 1. */
export function points() {
  return relax(start(), { rounds: 4, iterations: 20, penalty: 10, growth: 2 });
}
// EVOLVE-BLOCK-END

/** Distances of all pairs, as constraints: each square at least 1 and at most the slack, which is the last variable. */
function relax(points, options) {
  const n = points.length;
  const pairs = points.flatMap((_, i) => points.slice(0, i).map((_, j) => [i, j]));
  const slack = 2 * n;
  const problem = {
    constraints: 2 * pairs.length,
    value(x, gradient) {
      gradient[slack] = 1;
      return x[slack];
    },
    fill(x, c) {
      for (const [k, [i, j]] of pairs.entries()) {
        const square = (x[2 * i] - x[2 * j]) ** 2 + (x[2 * i + 1] - x[2 * j + 1]) ** 2;
        c[2 * k] = 1 - square;
        c[2 * k + 1] = square - x[slack];
      }
    },
    pull(x, weights, gradient) {
      for (const [k, [i, j]] of pairs.entries()) {
        gradient[slack] -= weights[2 * k + 1];
        const weight = 2 * (weights[2 * k + 1] - weights[2 * k]);
        if (weight === 0) continue;
        for (let axis = 0; axis < 2; axis++) {
          const push = weight * (x[2 * i + axis] - x[2 * j + axis]);
          gradient[2 * i + axis] += push;
          gradient[2 * j + axis] -= push;
        }
      }
    },
  };
  const { x } = augmented(problem, [...points.flat(), 12], options);
  return points.map((_, i) => [x[2 * i], x[2 * i + 1]]);
}
