import { augmented } from 'atoll/toolbox';

// EVOLVE-BLOCK-START
/** Heights to begin with, at x from -1 to 1. */
function start(x) {
  return 1 + 0.4 * Math.cos(3 * x + 1) + 0.3 * Math.sin(11 * x);
}

/** A few steps first, then more: each function starts from the one before. */
export function heights() {
  let f = sample(start, 10);
  for (const n of ladder(10, 30, 2)) f = relax(resample(f, n), { rounds: 10, iterations: 100, penalty: 1, growth: 2, memory: 20 });
  return f;
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
function resample(f, n) {
  const m = f.length;
  return Array.from({ length: n }, (_, i) => {
    const left = (i * m) / n;
    const right = ((i + 1) * m) / n;
    let sum = 0;
    for (let j = Math.floor(left); j < m && j < right; j++) sum += f[j] * (Math.min(right, j + 1) - Math.max(left, j));
    return (sum * n) / m;
  });
}

/**
 * Heights of least autocorrelation near those given. The variables are their roots, so that none is negative, and
 * the slack: each value of f * f is at most that while the mean height is 1.
 */
function relax(f, options) {
  const n = f.length;
  const shifts = 2 * n - 1;
  const slack = n;
  const heights = new Float64Array(n);
  const slope = new Float64Array(n);
  const problem = {
    constraints: shifts + 2,
    value(x, gradient) {
      gradient[slack] = 1;
      return x[slack];
    },
    fill(x, c) {
      let mean = 0;
      for (let i = 0; i < n; i++) {
        heights[i] = x[i] * x[i];
        mean += heights[i] / n;
      }
      for (let k = 0; k < shifts; k++) {
        let sum = 0;
        for (let i = Math.max(0, k - n + 1), end = Math.min(k, n - 1); i <= end; i++) sum += heights[i] * heights[k - i];
        c[k] = (2 / n) * sum - x[slack];
      }
      c[shifts] = mean - 1;
      c[shifts + 1] = 1 - mean;
    },
    pull(x, weights, gradient) {
      slope.fill((weights[shifts] - weights[shifts + 1]) / n);
      for (let k = 0; k < shifts; k++) {
        if (weights[k] === 0) continue;
        gradient[slack] -= weights[k];
        const w = (4 / n) * weights[k];
        for (let i = Math.max(0, k - n + 1), end = Math.min(k, n - 1); i <= end; i++) slope[i] += w * heights[k - i];
      }
      for (let i = 0; i < n; i++) gradient[i] += 2 * x[i] * slope[i];
    },
  };
  const { x } = augmented(problem, [...f.map((height) => Math.sqrt(Math.max(0, height))), 2], options);
  return Array.from({ length: n }, (_, i) => x[i] * x[i]);
}
