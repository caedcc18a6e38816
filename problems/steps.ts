/** Calls `heights()` and copies them once into a plain array. Sent into the sandbox as text. */
export function harness(heights: () => Iterable<unknown>): unknown {
  return Array.from(heights());
}

/**
 * The heights of a step function as whole multiples of `unit`, each the nearest to what was given: from there on
 * all is exact. Says what is wrong if these are not 1 to `most` numbers from 0 to `highest`.
 */
export function readSteps(
  output: unknown,
  { most, highest, unit }: { readonly most: number; readonly highest: number; readonly unit: number },
): bigint[] | { readonly invalid: string } {
  if (!Array.isArray(output) || !(output.length >= 1 && output.length <= most))
    return { invalid: `expected 1 to ${most} heights` };
  const steps: bigint[] = [];
  for (let i = 0; i < output.length; i++) {
    const height: unknown = output[i];
    if (!(typeof height === 'number' && height >= 0 && height <= highest))
      return { invalid: `height ${i}: expected a number from 0 to ${highest}` };
    steps.push(BigInt(Math.round(height / unit)));
  }
  return steps;
}

/** The greatest of some whole numbers, at least one. */
export function greatest(values: readonly bigint[]): bigint {
  let most = values[0]!;
  for (const value of values) if (value > most) most = value;
  return most;
}
