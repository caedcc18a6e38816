/** The state of Adam (Kingma 2015): running means of the gradient and of its square, and the number of steps. */
export interface Moments {
  readonly first: Float32Array;
  readonly second: Float32Array;
  readonly steps: number;
}

/** The state without momentum but with the squared gradients, so that the next step is a short one. */
export function withoutMomentum({ first, second, steps }: Moments): Moments {
  return { first: new Float32Array(first.length), second, steps };
}

/** One ascent step of Adam; returns new arrays. */
export function adamStep(
  weights: Float32Array,
  slopes: Float64Array,
  { first, second, steps }: Moments,
  rate: number,
): { weights: Float32Array; moments: Moments } {
  const next = { weights: weights.slice(), first: first.slice(), second: second.slice() };
  const [a, b] = [1 - 0.9 ** (steps + 1), 1 - 0.999 ** (steps + 1)];
  for (let i = 0; i < slopes.length; i++) {
    next.first[i] = 0.9 * first[i]! + 0.1 * slopes[i]!;
    next.second[i] = 0.999 * second[i]! + 0.001 * slopes[i]! ** 2;
    if (next.second[i]! > 0)
      next.weights[i]! += (rate * (next.first[i]! / a)) / (Math.sqrt(next.second[i]! / b) + 1e-8);
  }
  return { weights: next.weights, moments: { first: next.first, second: next.second, steps: steps + 1 } };
}
