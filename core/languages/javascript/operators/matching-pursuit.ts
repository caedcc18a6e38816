import { coordinate, independent, worthwhile } from './cholesky.ts';
import { weightsOf } from './least-squares.ts';

/** Inner products of terms: row 0 is the residual without any, the others how each term changes it. */
export interface Gram {
  readonly products: readonly (readonly number[])[];
  /** Whether a term can be used at all, term by term. */
  readonly usable: readonly boolean[];
}

/** Share of all squares below which nothing remains. */
const least = 1e-13;

/** Terms that are added in turn, made orthogonal to each other, and the residual. */
interface Span {
  /** Of every term and of the residual: coordinates along each direction so far. */
  readonly along: number[][];
  readonly left: number[];
  /** Inner product of each term with the residual. */
  readonly pull: number[];
  rest: number;
}

function open({ products }: Gram): Span {
  const n = products.length - 1;
  return {
    along: Array.from({ length: n }, () => []),
    left: Array.from({ length: n }, (_, i) => products[i + 1]![i + 1]!),
    pull: Array.from({ length: n }, (_, i) => -products[0]![i + 1]!),
    rest: products[0]![0]!,
  };
}

/** Whether a term can be used and is not in the span. */
function isOwn({ products, usable }: Gram, span: Span, k: number): boolean {
  return usable[k]! && span.left[k]! > independent * products[k + 1]![k + 1]!;
}

/** Share in [0, 1] of the residual's squares that a term would explain; 0 for one in the span. */
function share(gram: Gram, span: Span, k: number): number {
  if (!isOwn(gram, span, k) || !(span.rest > 0)) return 0;
  return Math.min(1, span.pull[k]! ** 2 / span.left[k]! / span.rest);
}

/** Adds a term: a Cholesky step on the matrix of products. */
function take({ products }: Gram, span: Span, k: number): void {
  const length = Math.sqrt(span.left[k]!);
  const pull = span.pull[k]! / length;
  const pivot = span.along[k]!;
  const direction = span.along.map((column, i) =>
    coordinate(products[i + 1]![k + 1]!, column, pivot, pivot.length, length),
  );
  direction.forEach((each, i) => {
    span.along[i]!.push(each);
    span.left[i]! -= each * each;
    span.pull[i]! -= each * pull;
  });
  span.rest -= pull * pull;
}

/** The share that each term would explain of what the terms `given` leave. */
export function shares(gram: Gram, given: readonly number[]): number[] {
  const { span } = gathered(gram, given, given.length);
  return gram.usable.map((_, k) => share(gram, span, k));
}

/**
 * Up to `most` terms besides the first, which is the constant, with the weights of least squares: each time the one
 * that explains most of the residual (orthogonal matching pursuit, Pati 1993); or, where that leaves less, starting
 * from the terms `there`, or all of them but one. Terms that explain nothing are left out.
 */
export function selected(
  gram: Gram,
  most: number,
  there: readonly number[] = [],
): { readonly chosen: readonly number[]; readonly weights: readonly number[]; readonly rest: number } {
  const starts = [[], there, ...there.map((each) => there.filter((other) => other !== each))];
  const found = starts
    .filter(({ length }) => length <= most)
    .map((start) => gathered(gram, [0, ...start], most + 1));
  const best = found.reduce((a, b) => (b.span.rest < a.span.rest ? b : a));
  const weights = solve(gram, best.chosen);
  return weights
    ? { chosen: best.chosen, weights, rest: best.span.rest }
    : { chosen: [], weights: [], rest: Number.POSITIVE_INFINITY };
}

/** The terms `given` that are linearly independent, and then the best ones, up to `most`. */
function gathered(gram: Gram, given: readonly number[], most: number): { chosen: number[]; span: Span } {
  const span = open(gram);
  const chosen: number[] = [];
  const add = (k: number): void => {
    take(gram, span, k);
    chosen.push(k);
  };
  for (const k of given) if (isOwn(gram, span, k)) add(k);
  while (chosen.length < most && span.rest > least * gram.products[0]![0]!) {
    const worth = gram.usable.map((_, k) => (chosen.includes(k) ? 0 : share(gram, span, k)));
    const top = worth.indexOf(Math.max(...worth));
    if (!(worth[top]! > worthwhile)) break;
    add(top);
  }
  return { chosen, span };
}

function solve({ products }: Gram, chosen: readonly number[]): number[] | undefined {
  const columns = chosen.map((k) => k + 1);
  return weightsOf(
    products,
    columns,
    columns.map((k) => -products[0]![k]!),
  );
}
