import { augmented } from 'atoll/toolbox';

// EVOLVE-BLOCK-START
/** Heights to begin with, at x from -1 to 1: high in the middle, and a ripple. */
function start(x) {
  return 0.5 + 0.4 * Math.cos(2.5 * x) + 0.1 * Math.cos(9 * x + 1);
}

/** A few steps first, then more: each function starts from the one before. */
export function heights() {
  let h = sample(start, 10);
  for (const n of ladder(10, 30, 2)) h = relax(resample(h, n), { rounds: 12, iterations: 200, penalty: 1, growth: 2, memory: 20 });
  return h;
}
// EVOLVE-BLOCK-END

/** A function's values at the middles of n steps of [-1, 1]. */
function sample(f, n) {
  return Array.from({ length: n }, (_, i) => f((2 * i + 1) / n - 1));
}

/** Numbers of steps from `first` to `last` by equal factors, `count` in all. */
function ladder(first, last, count) {
  return Array.from({ length: count }, (_, k) => {
    const n = first * (last / first) ** (count > 1 ? k / (count - 1) : 1);
    return Math.max(2, Math.min(200, Math.round(n)));
  });
}

/** The same function on other steps, or close to it: means over the new ones. */
function resample(h, n) {
  const m = h.length;
  return Array.from({ length: n }, (_, i) => {
    const left = (i * m) / n;
    const right = ((i + 1) * m) / n;
    let sum = 0;
    for (let j = Math.floor(left); j < m && j < right; j++) sum += h[j] * (Math.min(right, j + 1) - Math.max(left, j));
    return (sum * n) / m;
  });
}

/** Heights of least overlap near those given: the overlap at each shift is at most the slack, the last variable. */
function relax(h, options) {
  const n = h.length;
  const shifts = 2 * n - 1;
  const slack = n;
  const problem = {
    // One for each shift, two for each height, two for their sum.
    constraints: shifts + 2 * n + 2,
    value(x, gradient) {
      gradient[slack] = 1;
      return x[slack];
    },
    fill(x, c) {
      for (let k = 1 - n; k < n; k++) {
        let sum = 0;
        for (let i = Math.max(0, -k), end = Math.min(n, n - k); i < end; i++) sum += x[i] * (1 - x[i + k]);
        c[k + n - 1] = (2 / n) * sum - x[slack];
      }
      let mean = 0;
      for (let i = 0; i < n; i++) {
        c[shifts + 2 * i] = -x[i];
        c[shifts + 2 * i + 1] = x[i] - 1;
        mean += x[i] / n;
      }
      c[shifts + 2 * n] = 2 * mean - 1;
      c[shifts + 2 * n + 1] = 1 - 2 * mean;
    },
    pull(x, weights, gradient) {
      for (let k = 1 - n; k < n; k++) {
        const weight = weights[k + n - 1];
        if (weight === 0) continue;
        gradient[slack] -= weight;
        const w = (2 / n) * weight;
        for (let i = Math.max(0, -k), end = Math.min(n, n - k); i < end; i++) {
          gradient[i] += w * (1 - x[i + k]);
          gradient[i + k] -= w * x[i];
        }
      }
      const even = (2 / n) * (weights[shifts + 2 * n] - weights[shifts + 2 * n + 1]);
      for (let i = 0; i < n; i++) gradient[i] += even + weights[shifts + 2 * i + 1] - weights[shifts + 2 * i];
    },
  };
  const { x } = augmented(problem, [...h, 0.5], options);
  return Array.from({ length: n }, (_, i) => Math.min(1, Math.max(0, x[i])));
}
