import { anneal, augmented, random } from 'atoll/toolbox';

// EVOLVE-BLOCK-START
/** Eleven points along a spiral of two irrational steps, folded into the triangle. */
function start() {
  const points = [];
  for (let i = 0; i < 11; i++) points.push(fold((0.5 + 0.7548 * i) % 1, (0.5 + 0.5698 * i) % 1));
  return points;
}

/** Another configuration: one point moved, then all relaxed. */
function kick(points, chance) {
  const moved = points.slice();
  const i = chance.int(11);
  const [x, y] = moved[i];
  moved[i] = fold(Math.abs(x + 0.2 * chance.normal()), Math.abs(y + 0.2 * chance.normal()));
  return relax(moved, { rounds: 8, iterations: 40, penalty: 10, growth: 2 });
}

/** The best of a few relaxed configurations, each a kick away from the one before. */
export function points() {
  const first = relax(start(), { rounds: 8, iterations: 40, penalty: 10, growth: 2 });
  const schedule = { steps: 12, hot: 0.001, cold: 0.0001, random: random(1) };
  return anneal({ start: first, energy: (each) => -smallest(each), neighbour: kick, ...schedule }).best;
}
// EVOLVE-BLOCK-END

/** A point mirrored into the triangle. */
function fold(x, y) {
  const a = Math.min(1, x);
  const b = Math.min(1, y);
  return a + b > 1 ? [1 - b, 1 - a] : [a, b];
}

/** Twice the signed area of a triangle. */
function area([a, b], [c, d], [e, f]) {
  return (c - a) * (f - b) - (e - a) * (d - b);
}

/** All choices of three of n, by number. */
function triples(n) {
  const all = [];
  for (let i = 0; i < n; i++) for (let j = 0; j < i; j++) for (let k = 0; k < j; k++) all.push([i, j, k]);
  return all;
}

/** Twice the area of the smallest triangle that three of the points form. */
function smallest(points) {
  return Math.min(...triples(points.length).map(([i, j, k]) => Math.abs(area(points[i], points[j], points[k]))));
}

/** Moves points until the smallest triangle is largest, all triangles keeping their orientation. */
function relax(points, options) {
  const n = points.length;
  const all = triples(n).map(([i, j, k]) => [2 * i, 2 * j, 2 * k, area(points[i], points[j], points[k]) < 0 ? -1 : 1]);
  const m = all.length;
  const slack = 2 * n;
  const problem = {
    constraints: m + 3 * n,
    value(x, gradient) {
      gradient[slack] = -1;
      return -x[slack];
    },
    fill(x, c) {
      for (let t = 0; t < m; t++) {
        const [i, j, k, sign] = all[t];
        c[t] = x[slack] - sign * ((x[j] - x[i]) * (x[k + 1] - x[i + 1]) - (x[k] - x[i]) * (x[j + 1] - x[i + 1]));
      }
      for (let i = 0; i < n; i++) {
        c[m + 3 * i] = -x[2 * i];
        c[m + 3 * i + 1] = -x[2 * i + 1];
        c[m + 3 * i + 2] = x[2 * i] + x[2 * i + 1] - 1;
      }
    },
    pull(x, weights, gradient) {
      for (let t = 0; t < m; t++) {
        if (weights[t] === 0) continue;
        const [i, j, k, sign] = all[t];
        const w = -sign * weights[t];
        gradient[slack] += weights[t];
        gradient[i] += w * (x[j + 1] - x[k + 1]);
        gradient[i + 1] += w * (x[k] - x[j]);
        gradient[j] += w * (x[k + 1] - x[i + 1]);
        gradient[j + 1] += w * (x[i] - x[k]);
        gradient[k] += w * (x[i + 1] - x[j + 1]);
        gradient[k + 1] += w * (x[j] - x[i]);
      }
      for (let i = 0; i < n; i++) {
        gradient[2 * i] += weights[m + 3 * i + 2] - weights[m + 3 * i];
        gradient[2 * i + 1] += weights[m + 3 * i + 2] - weights[m + 3 * i + 1];
      }
    },
  };
  const { x } = augmented(problem, [...points.flat(), 0], options);
  return points.map((_, i) => inside(Math.max(0, x[2 * i]), Math.max(0, x[2 * i + 1])));
}

/** The point, or where the ray to it from the corner leaves the triangle, less a margin for rounding. */
function inside(x, y) {
  const shrink = x + y > 1 ? (1 - 1e-15) / (x + y) : 1;
  return [x * shrink, y * shrink];
}
