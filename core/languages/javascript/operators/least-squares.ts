/**
 * By hand, though `evaluators/javascript/toolbox/linear.ts` solves too: core imports no evaluator, and this one refuses
 * a nearly singular matrix by its diagonal. Solves `a x = b` for a symmetric positive matrix, rows by Gaussian
 * elimination with partial pivoting; undefined for a nearly singular matrix.
 */
export function solveSymmetric(
  a: readonly (readonly number[])[],
  b: readonly number[],
): number[] | undefined {
  const n = b.length;
  const rows = a.map((row, i) => [...row, b[i]!]);
  for (let k = 0; k < n; k++) {
    let pivot = k;
    for (let i = k + 1; i < n; i++) if (Math.abs(rows[i]![k]!) > Math.abs(rows[pivot]![k]!)) pivot = i;
    [rows[k], rows[pivot]] = [rows[pivot]!, rows[k]!];
    const top = rows[k]!;
    if (!(Math.abs(top[k]!) > 1e-14 * Math.abs(a[k]![k]!)) || !(Math.abs(top[k]!) > 0)) return undefined;
    for (let i = k + 1; i < n; i++) {
      const factor = rows[i]![k]! / top[k]!;
      for (let j = k; j <= n; j++) rows[i]![j]! -= factor * top[j]!;
    }
  }
  const x = new Array<number>(n).fill(0);
  for (let k = n - 1; k >= 0; k--) {
    let rest = rows[k]![n]!;
    for (let j = k + 1; j < n; j++) rest -= rows[k]![j]! * x[j]!;
    x[k] = rest / rows[k]![k]!;
  }
  return x.every(Number.isFinite) ? x : undefined;
}

/**
 * Weights of some columns of a matrix of inner products, so that their sum has the given products with them. Columns
 * are scaled to one length, or a small one would be lost to rounding.
 */
export function weightsOf(
  products: readonly (readonly number[])[],
  columns: readonly number[],
  wanted: readonly number[],
): number[] | undefined {
  const size = columns.map((k) => Math.sqrt(products[k]![k]!));
  const matrix = columns.map((i, a) => columns.map((j, b) => products[i]![j]! / (size[a]! * size[b]!)));
  const solved = solveSymmetric(
    matrix,
    wanted.map((each, a) => each / size[a]!),
  );
  return solved?.map((each, a) => each / size[a]!);
}

/** The normal equations of least squares for residuals r with Jacobian J: J'J, J'r and r'r. */
export interface NormalEquations {
  readonly jj: readonly (readonly number[])[];
  readonly jr: readonly number[];
  readonly rr: number;
}

/** The slopes from products of differences after a step of size `h` in each number. */
export function normalEquationsOf(products: readonly (readonly number[])[], h: number): NormalEquations {
  const n = products.length - 1;
  return {
    jj: Array.from({ length: n }, (_, i) =>
      Array.from({ length: n }, (_, j) => products[i + 1]![j + 1]! / (h * h)),
    ),
    jr: Array.from({ length: n }, (_, i) => products[0]![i + 1]! / h),
    rr: products[0]![0]!,
  };
}

/** The least-squares step in the numbers that are `free`; 0 in the others. */
export function stepOf(
  { jj, jr }: NormalEquations,
  free: readonly number[],
  damping: number,
): number[] | undefined {
  const matrix = free.map((i, row) =>
    free.map((j, column) => jj[i]![j]! * (row === column ? 1 + damping : 1)),
  );
  const solved = solveSymmetric(
    matrix,
    free.map((i) => -jr[i]!),
  );
  if (!solved) return undefined;
  const step = jr.map(() => 0);
  free.forEach((i, k) => {
    step[i] = solved[k]!;
  });
  return step;
}

/** Sum of squares that would remain after a step if residuals were linear. */
function leftAfter({ jj, jr, rr }: NormalEquations, step: readonly number[]): number {
  let sum = rr;
  for (let i = 0; i < step.length; i++) {
    sum += 2 * step[i]! * jr[i]!;
    for (let j = 0; j < step.length; j++) sum += step[i]! * step[j]! * jj[i]![j]!;
  }
  return sum;
}

/** Share in [0, 1] of the squares that some terms leave which one more term explains. */
export function explained(slopes: NormalEquations, given: readonly number[], term: number): number {
  const before = stepOf(
    slopes,
    given.filter((i) => slopes.jj[i]![i]! > 0),
    1e-10,
  );
  const after =
    slopes.jj[term]![term]! > 0
      ? stepOf(slopes, [...given.filter((i) => slopes.jj[i]![i]! > 0), term], 1e-10)
      : undefined;
  if (!after) return 0;
  const rest = before ? leftAfter(slopes, before) : slopes.rr;
  return rest > 0 ? Math.max(0, 1 - leftAfter(slopes, after) / rest) : 0;
}
