import type { Random } from '../../../search/random.ts';
import type { Reply, Step } from '../../../search/roles.ts';
import type { Node } from '../parse.ts';
import { bare } from './analysis/syntax.ts';
import type { Analysis } from './analysis/types.ts';
import { bestSubset } from './best-subset.ts';
import { type Expression, join } from './expression.ts';
import { type Factor, product, read } from './factor.ts';
import { type Column, type FitContext, onInstruments } from './instrumental-variables.ts';
import { levenbergMarquardt } from './levenberg-marquardt.ts';
import { termsOf } from './sum-terms.ts';
import type { Law } from './term.ts';
import { distinct, more, sumOf, type Term } from './term.ts';

/** A ratio of two sums by their terms; the constant is the term without factors. */
export interface Sides {
  readonly above: readonly Term[];
  readonly below: readonly Term[];
}

/** Terms of both sums besides the one that is fixed at weight 1. */
const mostTerms = 3;

/** New terms of either sum at a time, and the terms they are regressed with. */
const [wide, deep, held] = [24, 14, 10] as const;

/** Terms of a parent's sum that are kept as a start. */
const heirs = 4;

/** Rounds of new terms. */
const rounds = 8;

/** Terms that are tried at weight 1, the shortest. */
const pivots = 5;

/** Share of a column below which nothing of it remains. */
const trifle = 1e-11;

/** Runs reserved for fitting a ratio. */
const reserve = 30;

const constant: Term = [];

/** The terms of a ratio whose denominator is a sum; undefined for anything else. */
export function sidesOf(program: Analysis, node: Node): Sides | undefined {
  if (node.type !== 'BinaryExpression' || node.operator !== '/') return undefined;
  const below = bare(node.right);
  if (below.type !== 'BinaryExpression' || !/^[+-]$/.test(below.operator)) return undefined;
  return { above: termsOf(program, bare(node.left)), below: termsOf(program, below) };
}

/**
 * Finds a ratio of two sums, y = A / B, from y B = A, which is linear in the weights of both. New terms are regressed
 * together with all earlier ones, starting from `first`; the few that come closest to balance are fitted. Undefined
 * where no term can be regressed.
 */
export function* balance(
  first: Sides,
  ground: FitContext & { readonly names: readonly string[]; readonly random: Random },
): Generator<Step, Law | undefined, Reply> {
  const { names, random } = ground;
  const some = (count: number, make: () => Term): Term[] => Array.from({ length: count }, make);
  const freshTerm = (): Term => drawn(names, random);
  const pairs = Array.from({ length: 3 * held }, () => [random.pick(names), random.pick(names)]);
  const instruments = distinct([[], ...names.map((name) => [name]), ...pairs].map(monomial)).slice(0, held);
  const columns: Column[] = [];
  let best: Law | undefined;
  let sides: Sides = {
    above: [constant, ...first.above.slice(0, heirs)],
    below: [constant, ...first.below.slice(0, heirs)],
  };
  for (let round = 0; round < rounds; round++) {
    const there = [...sides.above, ...sides.below].filter(({ length }) => length > 0);
    const unmet = (terms: readonly Term[], tied: boolean): Term[] => {
      const met = new Set(columns.filter((each) => each.tied === tied).map(({ term }) => product(term).text));
      return distinct(terms).filter((term) => !met.has(product(term).text));
    };
    const above = unmet(
      [
        ...sides.above,
        ...some(wide, () => (random.next() < 0.2 ? more(there, names, random, 1)[0]! : freshTerm())),
      ],
      false,
    );
    const below = unmet([...sides.below, ...some(deep, freshTerm)], true);
    const news = yield* onInstruments(instruments, above, below, ground, reserve);
    if (!news) break;
    columns.push(...news);
    const found = leastLeft(columns);
    if (!found) continue;
    sides = found.sides;
    const law = yield* fitted(found, ground);
    if (law.score > (best?.score ?? Number.NEGATIVE_INFINITY)) best = law;
    if (found.share < trifle) break;
  }
  return best;
}

/** A product of powers of a few names. Such products are linearly independent: an identity among denominators would balance anything. */
function drawn(names: readonly string[], random: Random): Term {
  const count = 1 + random.weighted([4, 4, 1]);
  return Array.from({ length: count }, () => power(random.pick(names), random.pick([1, 1, 1, 1, 2, -1])));
}

function monomial(names: readonly string[]): Term {
  return names.map((name) => power(name, 1));
}

function power(name: string, of: number): Factor {
  return { of: read(name), power: of };
}

/** The terms of a ratio with their weights; the first below has weight 1. */
interface Weighted {
  readonly sides: Sides;
  readonly above: readonly number[];
  readonly below: readonly number[];
  /** Sum of squares of the fixed term that is not balanced. */
  readonly share: number;
}

/** The set of few terms that comes closest to balance, over the choice of the short denominator term fixed at weight 1. */
function leastLeft(columns: readonly Column[]): Weighted | undefined {
  const products = columns.map(({ along }) =>
    columns.map((other) => along.reduce((sum, each, d) => sum + each * other.along[d]!, 0)),
  );
  const length = (k: number): number => product(columns[k]!.term).text.length;
  const held = [...columns.keys()]
    .filter((k) => columns[k]!.tied && products[k]![k]! > 0)
    .sort((a, b) => length(a) - length(b))
    .slice(0, pivots);
  let result: Weighted | undefined;
  for (const pivot of held) {
    const { terms, weights, rest } = bestSubset(products, pivot, mostTerms);
    const share = rest / products[pivot]![pivot]!;
    if (!(share < (result?.share ?? Number.POSITIVE_INFINITY))) continue;
    const of = (tied: boolean) =>
      terms.flatMap((k, i) =>
        columns[k]!.tied === tied ? [{ term: columns[k]!.term, by: weights[i]! }] : [],
      );
    const [above, below] = [of(false), of(true)];
    if (above.length === 0) continue;
    result = {
      sides: {
        above: above.map(({ term }) => term),
        below: [columns[pivot]!.term, ...below.map(({ term }) => term)],
      },
      above: above.map(({ by }) => by),
      below: [1, ...below.map(({ by }) => -by)],
      share,
    };
  }
  return result;
}

/** A ratio with its weights fitted to the returned value. */
function* fitted(
  { sides, above, below }: Weighted,
  { written, budget }: FitContext,
): Generator<Step, Law, Reply> {
  const formula = (point: readonly number[]): Expression => {
    const moved = [...above, ...below.slice(1)].map((each, i) => each * (1 + point[i]!));
    const top = sumOf(sides.above.map(product), moved.slice(0, above.length));
    const bottom = sumOf(sides.below.map(product), [1, ...moved.slice(above.length)]);
    return bottom.text === '1' ? top : join(top, '/', bottom);
  };
  const count = above.length + below.length - 1;
  const most = Math.min(budget.left, 3 * (count + 5));
  budget.left -= most;
  const start = { point: Array.from({ length: count }, () => 0), score: Number.NEGATIVE_INFINITY };
  const { point, score } = yield* levenbergMarquardt(start, (at) => written(formula(at)), most);
  return { terms: [...sides.above, ...sides.below], formula: formula(point), score };
}
