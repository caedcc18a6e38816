import { coordinate, independent, worthwhile } from './cholesky.ts';
import { weightsOf } from './least-squares.ts';

/** A set of columns, and the weights with which their sum comes closest to another column. */
export interface Subset {
  readonly terms: readonly number[];
  readonly weights: readonly number[];
  /** Sum of squares that remains. */
  readonly rest: number;
}

/**
 * Of all sets of up to `most` columns, the one whose weighted sum comes closest to the column `target`, from their
 * inner products. Enumerates all sets, each by one Cholesky step from the set that it extends: some 10,000 for three of
 * 40.
 */
export function bestSubset(products: readonly (readonly number[])[], target: number, most: number): Subset {
  const n = products.length;
  const sizes = products.map((row, k) => (k === target ? 0 : row[k]!));
  const depths = Array.from({ length: most + 1 }, () => ({
    left: Float64Array.from(sizes),
    pull: Float64Array.from(products[target]!),
  }));
  const along = products.map(() => new Float64Array(most));
  const found = [{ rest: products[target]![target]!, terms: [] as readonly number[] }];
  const path: number[] = [];

  /** Adds column k: updates what the columns after it have orthogonal to it, and their products with the target. */
  const take = (depth: number, k: number): void => {
    const { left, pull } = depths[depth]!;
    const next = depths[depth + 1]!;
    const length = Math.sqrt(left[k]!);
    const by = pull[k]! / length;
    for (let i = k + 1; i < n; i++) {
      const at = coordinate(products[i]![k]!, along[i]!, along[k]!, depth, length);
      along[i]![depth] = at;
      next.left[i] = left[i]! - at * at;
      next.pull[i] = pull[i]! - at * by;
    }
  };
  const extend = (depth: number, from: number, rest: number): void => {
    const { left, pull } = depths[depth]!;
    for (let k = from; k < n; k++) {
      if (!(left[k]! > independent * sizes[k]!)) continue;
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
  const { terms, rest } = found.reduce((a, b) => (b.rest < a.rest * (1 - worthwhile) ? b : a));
  const weights = weightsOf(
    products,
    terms,
    terms.map((k) => products[target]![k]!),
  );
  return { terms, rest, weights: weights ?? terms.map(() => 0) };
}
