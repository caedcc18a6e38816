import type { Random } from '../../../search/random.ts';

/** A sampler of points that learns where scores are high. Higher is better. */
export interface Sampler {
  /** The next points to score. */
  ask(): number[][];
  /** Their scores, in order; -Infinity for a point that has none. */
  tell(scores: readonly number[]): void;
}

/**
 * CMA-ES with full covariance (Hansen 2016), for up to some 40 dimensions: starts at `mean` with standard deviation
 * `sigma` in each. Draws only from the stream it is given.
 */
export function cma(mean: readonly number[], sigma: number, random: Random): Sampler {
  const n = mean.length;
  const lambda = 4 + Math.floor(3 * Math.log(n));
  const mu = Math.floor(lambda / 2);
  const raw = Array.from({ length: mu }, (_, i) => Math.log((lambda + 1) / 2) - Math.log(i + 1));
  const total = raw.reduce((a, b) => a + b, 0);
  const weights = raw.map((each) => each / total);
  const mueff = 1 / weights.reduce((a, b) => a + b * b, 0);
  const cc = (4 + mueff / n) / (n + 4 + (2 * mueff) / n);
  const cs = (mueff + 2) / (n + mueff + 5);
  const c1 = 2 / ((n + 1.3) ** 2 + mueff);
  const cmu = Math.min(1 - c1, (2 * (mueff - 2 + 1 / mueff)) / ((n + 2) ** 2 + mueff));
  const damps = 1 + 2 * Math.max(0, Math.sqrt((mueff - 1) / (n + 1)) - 1) + cs;
  const chi = Math.sqrt(n) * (1 - 1 / (4 * n) + 1 / (21 * n * n));

  let at = [...mean];
  let step = sigma;
  let covariance = identity(n);
  let { vectors, roots } = { vectors: identity(n), roots: new Array<number>(n).fill(1) };
  let pathC = new Array<number>(n).fill(0);
  let pathS = new Array<number>(n).fill(0);
  let steps: number[][] = [];
  let told = 0;

  return {
    ask() {
      steps = Array.from({ length: lambda }, () => {
        const z = roots.map((root) => root * random.normal());
        return vectors.map((row) => dot(row, z));
      });
      return steps.map((y) => at.map((x, i) => x + step * y[i]!));
    },
    tell(scores) {
      told++;
      const order = steps.map((_, i) => i).sort((a, b) => scores[b]! - scores[a]! || a - b);
      const best = order.slice(0, mu).map((i) => steps[i]!);
      const move = at.map((_, i) => best.reduce((sum, y, k) => sum + weights[k]! * y[i]!, 0));
      at = at.map((x, i) => x + step * move[i]!);
      const whitened = vectors.map(
        (_, j) => vectors.reduce((sum, row, i) => sum + row[j]! * move[i]!, 0) / roots[j]!,
      );
      const straight = vectors.map((row) => dot(row, whitened));
      pathS = pathS.map((p, i) => (1 - cs) * p + Math.sqrt(cs * (2 - cs) * mueff) * straight[i]!);
      const length = Math.sqrt(dot(pathS, pathS));
      const stalled = length / Math.sqrt(1 - (1 - cs) ** (2 * told)) / chi < 1.4 + 2 / (n + 1) ? 1 : 0;
      pathC = pathC.map((p, i) => (1 - cc) * p + stalled * Math.sqrt(cc * (2 - cc) * mueff) * move[i]!);
      const keep = 1 - c1 - cmu + (1 - stalled) * c1 * cc * (2 - cc);
      covariance = covariance.map((row, i) =>
        row.map(
          (c, j) =>
            keep * c +
            c1 * pathC[i]! * pathC[j]! +
            cmu * best.reduce((sum, y, k) => sum + weights[k]! * y[i]! * y[j]!, 0),
        ),
      );
      step *= Math.exp(Math.min(1, (cs / damps) * (length / chi - 1)));
      ({ vectors, roots } = eigen(covariance));
    },
  };
}

/**
 * Eigenvectors (columns) and square roots of eigenvalues of a symmetric matrix (Jacobi 1846). Not shared with
 * `evaluators/javascript/toolbox/eigen.ts`: core imports no evaluator, and another rounding would draw other points
 * from a seed.
 */
function eigen(matrix: readonly (readonly number[])[]): { vectors: number[][]; roots: number[] } {
  const n = matrix.length;
  const a = matrix.map((row) => [...row]);
  const v = identity(n);
  for (let sweep = 0; sweep < 30; sweep++) {
    let off = 0;
    for (let p = 0; p < n; p++) {
      for (let q = p + 1; q < n; q++) {
        off += a[p]![q]! ** 2;
        rotate(a, v, p, q);
      }
    }
    if (off < 1e-22) break;
  }
  return { vectors: v, roots: a.map((row, i) => Math.sqrt(Math.max(1e-20, row[i]!))) };
}

function rotate(a: number[][], v: number[][], p: number, q: number): void {
  const apq = a[p]![q]!;
  if (Math.abs(apq) < 1e-300) return;
  const theta = (a[q]![q]! - a[p]![p]!) / (2 * apq);
  const t = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
  const c = 1 / Math.sqrt(t * t + 1);
  const s = t * c;
  for (const row of a) [row[p], row[q]] = [c * row[p]! - s * row[q]!, s * row[p]! + c * row[q]!];
  const [rowP, rowQ] = [a[p]!, a[q]!];
  for (let k = 0; k < a.length; k++)
    [rowP[k], rowQ[k]] = [c * rowP[k]! - s * rowQ[k]!, s * rowP[k]! + c * rowQ[k]!];
  for (const row of v) [row[p], row[q]] = [c * row[p]! - s * row[q]!, s * row[p]! + c * row[q]!];
}

function identity(n: number): number[][] {
  return Array.from({ length: n }, (_, i) => Array.from({ length: n }, (_, j) => (i === j ? 1 : 0)));
}

function dot(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, each, i) => sum + each * b[i]!, 0);
}
