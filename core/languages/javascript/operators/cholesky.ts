/** Share of a column's square that must be its own, beside the columns before it: less is rounding. */
export const independent = 1e-9;

/** Share of the squares that are left that another column must take away to be worth having. */
export const worthwhile = 1e-6;

/**
 * A step of Cholesky's factorisation: the coordinate of a column along the next direction, from its inner product with
 * the pivot that gives the direction, the coordinates of both along the `count` directions before, and the length of
 * what the pivot has of its own.
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
