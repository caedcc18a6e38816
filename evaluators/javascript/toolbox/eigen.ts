import { type Matrix, rowsOf } from './linear.ts';

/** Eigenvalues of a symmetric matrix, the least first, and for each its eigenvector of length 1. */
export interface Eigen {
  readonly values: Float64Array;
  readonly vectors: readonly Float64Array[];
}

/** Eigenvalues and eigenvectors of a symmetric matrix, by cyclic rotations (Jacobi 1846); for up to some 100 rows. */
export function eigen(A: Matrix): Eigen {
  const a = rowsOf(A);
  const n = a.length;
  const v = a.map((_, i) => {
    const row = new Float64Array(n);
    row[i] = 1;
    return row;
  });
  let size = 0;
  for (const row of a) for (let j = 0; j < n; j++) size += row[j]! * row[j]!;
  for (let sweep = 0; sweep < 60; sweep++) {
    let off = 0;
    for (let p = 0; p < n; p++) {
      for (let q = p + 1; q < n; q++) {
        off += a[p]![q]! * a[p]![q]!;
        rotate(a, v, p, q);
      }
    }
    if (!(off > 1e-34 * size)) break;
  }
  const order = a.map((_, i) => i).sort((i, j) => a[i]![i]! - a[j]![j]!);
  return { values: Float64Array.from(order, (i) => a[i]![i]!), vectors: order.map((i) => v[i]!) };
}

/** Makes one pair of elements off the diagonal 0. Eigenvectors are the rows of `v`. */
function rotate(a: readonly Float64Array[], v: readonly Float64Array[], p: number, q: number): void {
  const up = a[p]!;
  const down = a[q]!;
  const off = up[q]!;
  if (off === 0) return;
  const theta = (down[q]! - up[p]!) / (2 * off);
  const t = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
  const c = 1 / Math.sqrt(t * t + 1);
  const s = t * c;
  for (let k = 0; k < a.length; k++) {
    const row = a[k]!;
    const first = row[p]!;
    row[p] = c * first - s * row[q]!;
    row[q] = s * first + c * row[q]!;
  }
  turn(up, down, c, s);
  turn(v[p]!, v[q]!, c, s);
}

function turn(up: Float64Array, down: Float64Array, c: number, s: number): void {
  for (let k = 0; k < up.length; k++) {
    const first = up[k]!;
    up[k] = c * first - s * down[k]!;
    down[k] = s * first + c * down[k]!;
  }
}
