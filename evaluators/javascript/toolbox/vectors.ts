/** Numbers in a row: an array, or a typed one. */
export type Vector = ArrayLike<number>;

/** Sum of the products. */
export function dot(a: Vector, b: Vector): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

/** Length in the sense of Euclid. */
export function norm(a: Vector): number {
  return Math.sqrt(dot(a, a));
}

/** Distance in the sense of Euclid. */
export function distance(a: Vector, b: Vector): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) {
    const off = a[i]! - b[i]!;
    sum += off * off;
  }
  return Math.sqrt(sum);
}

/** a + b, as a new vector. */
export function add(a: Vector, b: Vector): Float64Array {
  return axpy(1, b, new Float64Array(a));
}

/** a - b, as a new vector. */
export function subtract(a: Vector, b: Vector): Float64Array {
  return axpy(-1, b, new Float64Array(a));
}

/** a times a number, as a new vector. */
export function scale(a: Vector, factor: number): Float64Array {
  const result = new Float64Array(a);
  for (let i = 0; i < result.length; i++) result[i]! *= factor;
  return result;
}

/** Adds `factor` times `x` to `y` in place, and returns `y`. */
export function axpy(factor: number, x: Vector, y: Float64Array): Float64Array {
  for (let i = 0; i < y.length; i++) y[i]! += factor * x[i]!;
  return y;
}
