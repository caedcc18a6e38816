/** Share of a column's squares that must be orthogonal to the columns before it; less is rounding error. */
export const independent = 1e-9;

/** Share of the remaining squares that another column must explain to be worth adding. */
export const worthwhile = 1e-6;

/**
 * A Cholesky step: the coordinate of a column along the next direction, from its inner product with the pivot that
 * gives the direction, the coordinates of both along the `count` directions before, and the length of the pivot's
 * orthogonal part.
 */
export function coordinate(
  product: number,
  column: ArrayLike<number>,
  pivot: ArrayLike<number>,
  count: number,
  length: number,
): number {
  let rest = product;
  for (let d = 0; d < count; d++) rest -= column[d]! * pivot[d]!;
  return rest / length;
}
