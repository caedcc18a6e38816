import { augmented } from 'atoll/toolbox';

// EVOLVE-BLOCK-START
/** Where the circles start: the centres of a 5 by 5 grid, each a little off, and one in a gap. */
const centres = [
  [0.1, 0.12], [0.3, 0.08], [0.5, 0.11], [0.7, 0.09], [0.9, 0.1],
  [0.08, 0.3], [0.28, 0.33], [0.52, 0.29], [0.71, 0.31], [0.92, 0.3],
  [0.11, 0.5], [0.31, 0.52], [0.49, 0.48], [0.72, 0.51], [0.9, 0.53],
  [0.1, 0.7], [0.29, 0.69], [0.5, 0.72], [0.68, 0.7], [0.91, 0.71],
  [0.09, 0.9], [0.3, 0.91], [0.51, 0.89], [0.7, 0.92], [0.88, 0.9],
  [0.4, 0.4],
];

/** The best packing near these centres: soft circles of one size, pressed apart until they are hard. */
export function pack() {
  return settled(centres, 0.05, { rounds: 40, iterations: 100, penalty: 1, growth: 3 });
}
// EVOLVE-BLOCK-END

/** Circles that no small move makes larger, on from these centres and one radius. */
function settled(centres, radius, pressure) {
  const start = [...centres.map(([x]) => x), ...centres.map(([, y]) => y), ...centres.map(() => radius)];
  const { x } = augmented(packing(centres.length), start, { tolerance: 1e-12, ...pressure });
  return feasible(x, centres.length);
}

/** The problem of n circles. Its x holds every x, then every y, then every radius. */
function packing(n) {
  return {
    constraints: 4 * n + (n * (n - 1)) / 2,
    value(x, gradient) {
      let sum = 0;
      for (let i = 2 * n; i < 3 * n; i++) {
        sum -= x[i];
        gradient[i] = -1;
      }
      return sum;
    },
    /** For each circle how far it reaches over the walls, and into each circle before it. */
    fill(x, c) {
      let k = 0;
      for (let i = 0; i < n; i++) {
        const a = x[i];
        const b = x[n + i];
        const r = x[2 * n + i];
        c[k++] = r - a;
        c[k++] = r - b;
        c[k++] = r + a - 1;
        c[k++] = r + b - 1;
        for (let j = 0; j < i; j++) {
          const dx = a - x[j];
          const dy = b - x[n + j];
          c[k++] = r + x[2 * n + j] - Math.sqrt(dx * dx + dy * dy);
        }
      }
    },
    pull(x, weights, gradient) {
      let k = 0;
      for (let i = 0; i < n; i++) {
        const left = weights[k++];
        const low = weights[k++];
        const right = weights[k++];
        const high = weights[k++];
        gradient[i] += right - left;
        gradient[n + i] += high - low;
        gradient[2 * n + i] += left + low + right + high;
        for (let j = 0; j < i; j++) {
          const weight = weights[k++];
          if (weight === 0) continue;
          const dx = x[i] - x[j];
          const dy = x[n + i] - x[n + j];
          const share = weight / (Math.sqrt(dx * dx + dy * dy) || 1);
          gradient[i] -= share * dx;
          gradient[j] += share * dx;
          gradient[n + i] -= share * dy;
          gradient[n + j] += share * dy;
          gradient[2 * n + i] += weight;
          gradient[2 * n + j] += weight;
        }
      }
    },
  };
}

/** Circles without any overlap: all made smaller by the worst ratio that there is, and a margin for rounding. */
function feasible(x, n) {
  const into = (v) => Math.min(1, Math.max(0, v));
  const circles = Array.from({ length: n }, (_, i) => [into(x[i]), into(x[n + i]), Math.max(1e-9, x[2 * n + i])]);
  let most = 1;
  circles.forEach(([a, b, r], i) => {
    most = Math.min(most, a / r, b / r, (1 - a) / r, (1 - b) / r);
    for (const [p, q, s] of circles.slice(0, i))
      most = Math.min(most, Math.sqrt((a - p) ** 2 + (b - q) ** 2) / (r + s));
  });
  return circles.map(([a, b, r]) => [a, b, r * most * (1 - 1e-12)]);
}
