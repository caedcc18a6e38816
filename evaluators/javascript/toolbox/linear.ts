import type { Vector } from './vectors.ts';

/** A matrix by its rows. */
export type Matrix = ArrayLike<Vector>;

/** The x with A x = b for a square A, by LU with row pivoting; undefined where A is singular. */
export function solve(A: Matrix, b: Vector): Float64Array | undefined {
  const n = b.length;
  const rows = rowsOf(A);
  const x = new Float64Array(b);
  for (let k = 0; k < n; k++) {
    let pivot = k;
    for (let i = k + 1; i < n; i++) if (Math.abs(rows[i]![k]!) > Math.abs(rows[pivot]![k]!)) pivot = i;
    const top = rows[pivot]!;
    const value = x[pivot]!;
    rows[pivot] = rows[k]!;
    x[pivot] = x[k]!;
    rows[k] = top;
    x[k] = value;
    if (!(Math.abs(top[k]!) > 0)) return undefined;
    for (let i = k + 1; i < n; i++) {
      const row = rows[i]!;
      const factor = row[k]! / top[k]!;
      if (factor === 0) continue;
      for (let j = k + 1; j < n; j++) row[j]! -= factor * top[j]!;
      x[i]! -= factor * value;
    }
  }
  return backwards(rows, x);
}

/** The lower triangular L with L L' = A, by rows, for a symmetric A; undefined where A is not positive definite. */
export function cholesky(A: Matrix): Float64Array[] | undefined {
  const L = rowsOf(A);
  for (let j = 0; j < L.length; j++) {
    const own = L[j]!;
    for (let k = 0; k < j; k++) own[j]! -= own[k]! * own[k]!;
    if (!(own[j]! > 0)) return undefined;
    own[j] = Math.sqrt(own[j]!);
    own.fill(0, j + 1);
    for (let i = j + 1; i < L.length; i++) {
      const row = L[i]!;
      let sum = row[j]!;
      for (let k = 0; k < j; k++) sum -= row[k]! * own[k]!;
      row[j] = sum / own[j]!;
    }
  }
  return L;
}

/**
 * An x with the least |A x - b|, for an A of m rows and n columns, by Householder QR with column pivoting. Columns
 * that depend on others to 12 digits get 0.
 */
export function leastSquares(A: Matrix, b: Vector): Float64Array {
  const rows = rowsOf(A);
  const rest = new Float64Array(b);
  const m = rows.length;
  const n = rows[0]?.length ?? 0;
  const order = Int32Array.from({ length: n }, (_, i) => i);
  let rank = 0;
  let first = 0;
  for (let k = 0; k < Math.min(m, n); k++, rank++) {
    let most = -1;
    let pivot = k;
    for (let j = k; j < n; j++) {
      const size = below(rows, k, j);
      if (size > most) {
        most = size;
        pivot = j;
      }
    }
    if (k === 0) first = most;
    if (!(most > 1e-12 * first)) break;
    for (const list of [...rows, order]) {
      const held = list[k]!;
      list[k] = list[pivot]!;
      list[pivot] = held;
    }
    reflect(rows, rest, k, most);
  }
  const x = backwards(rows.slice(0, rank), rest.slice(0, rank));
  const result = new Float64Array(n);
  for (let k = 0; k < rank; k++) result[order[k]!] = x[k]!;
  return result;
}

/** Length of a column from row k on. */
function below(rows: readonly Float64Array[], k: number, column: number): number {
  let sum = 0;
  for (let i = k; i < rows.length; i++) sum += rows[i]![column]! * rows[i]![column]!;
  return Math.sqrt(sum);
}

/** Turns column k to nothing below the diagonal, by a reflection of all that is right of it. */
function reflect(rows: readonly Float64Array[], rest: Float64Array, k: number, length: number): void {
  const top = rows[k]!;
  const n = top.length;
  const diagonal = top[k]! > 0 ? -length : length;
  const axis = new Float64Array(rows.length);
  for (let i = k; i < rows.length; i++) axis[i] = rows[i]![k]!;
  axis[k]! -= diagonal;
  // Half of |axis|^2: what a reflection divides by.
  const size = -diagonal * axis[k]!;
  for (let j = k; j < n; j++) {
    let sum = 0;
    for (let i = k; i < rows.length; i++) sum += axis[i]! * rows[i]![j]!;
    for (let i = k; i < rows.length; i++) rows[i]![j]! -= (sum / size) * axis[i]!;
  }
  let sum = 0;
  for (let i = k; i < rows.length; i++) sum += axis[i]! * rest[i]!;
  for (let i = k; i < rows.length; i++) rest[i]! -= (sum / size) * axis[i]!;
}

/** Solves an upper triangle in place. */
function backwards(rows: readonly Float64Array[], x: Float64Array): Float64Array {
  for (let i = x.length - 1; i >= 0; i--) {
    const row = rows[i]!;
    let sum = x[i]!;
    for (let j = i + 1; j < x.length; j++) sum -= row[j]! * x[j]!;
    x[i] = sum / row[i]!;
  }
  return x;
}

/** A copy of a matrix. */
export function rowsOf(A: Matrix): Float64Array[] {
  return Array.from(A, (row) => new Float64Array(row));
}
