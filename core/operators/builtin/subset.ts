import { weightsOf } from './normal.ts';

/** How much of a column must be its own, beside those before it, in squares. */
const own = 1e-9;

/** Share of the rest that a larger set has to take away. */
const trifle = 1e-6;

/** A set of columns with the weights of the sum of them that comes closest to another. */
export interface Subset {
  readonly terms: readonly number[];
  readonly weights: readonly number[];
  /** What that sum leaves, in squares. */
  readonly rest: number;
}

/**
 * Of all sets of so many columns or fewer the one with the sum that comes closest to the column `target`, by their inner
 * products. Goes through them all, each a step of Cholesky's from the one that it extends: some 10,000 for three of 40.
 */
export function bestSubset(products: readonly (readonly number[])[], target: number, most: number): Subset {
  const n = products.length;
  const sizes = products.map((row, k) => (k === target ? 0 : row[k]!));
  const depths = Array.from({ length: most + 1 }, () => ({
    left: Float64Array.from(sizes),
    pull: Float64Array.from(products[target]!),
    direction: new Float64Array(n),
  }));
  const found = [{ rest: products[target]![target]!, terms: [] as readonly number[] }];
  const path: number[] = [];

  /** Takes column k in: what those after it have of their own beside it, and how much of it pulls. */
  const take = (depth: number, k: number): void => {
    const { left, pull, direction } = depths[depth]!;
    const next = depths[depth + 1]!;
    const length = Math.sqrt(left[k]!);
    const by = pull[k]! / length;
    for (let i = k + 1; i < n; i++) {
      let dot = products[i]![k]!;
      for (let d = 0; d < depth; d++) dot -= depths[d]!.direction[i]! * depths[d]!.direction[k]!;
      const along = dot / length;
      direction[i] = along;
      next.left[i] = left[i]! - along * along;
      next.pull[i] = pull[i]! - along * by;
    }
  };
  const extend = (depth: number, from: number, rest: number): void => {
    const { left, pull } = depths[depth]!;
    for (let k = from; k < n; k++) {
      if (!(left[k]! > own * sizes[k]!)) continue;
      const remains = Math.max(0, rest - pull[k]! ** 2 / left[k]!);
      path.push(k);
      if (!(remains >= (found[depth + 1]?.rest ?? Number.POSITIVE_INFINITY)))
        found[depth + 1] = { rest: remains, terms: [...path] };
      if (depth + 1 < most) {
        take(depth, k);
        extend(depth + 1, k + 1, remains);
      }
      path.pop();
    }
  };
  extend(0, 0, found[0]!.rest);
  const { terms, rest } = found.reduce((a, b) => (b.rest < a.rest * (1 - trifle) ? b : a));
  const weights = weightsOf(
    products,
    terms,
    terms.map((k) => products[target]![k]!),
  );
  return { terms, rest, weights: weights ?? terms.map(() => 0) };
}
