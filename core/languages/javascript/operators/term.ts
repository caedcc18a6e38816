import type { Random } from '../../../search/random.ts';
import type { Reply, Step } from '../../../search/roles.ts';
import { type Expression, join, literal } from './expression.ts';
import { type Factor, factor, product } from './factor.ts';
import { explained } from './least-squares.ts';
import { normalEquationsAt, type Point, type Write } from './levenberg-marquardt.ts';

/** A product that is added with a weight. */
export type Term = readonly Factor[];

/** Terms with the formula that they make. */
export interface Law {
  readonly terms: readonly Term[];
  readonly formula: Expression;
  readonly score: number;
}

/** What the search for terms works with: what they are added to, and what they are made of. */
export interface Ground {
  /** Programs by weights: first those of the fixed terms, then those of these terms. */
  write(terms: readonly Term[]): Write;
  readonly names: readonly string[];
  readonly random: Random;
  /** Runs that remain; each run is subtracted from it. */
  readonly budget: { left: number };
}

/** New terms tried at a time, those of them that are kept, and rounds in a row without a better one before stopping. */
const fresh = 20;
const kept = 4;
const patience = 3;

/** Share of the remaining squares that a term must explain. */
const worth = 0.1;

/** Runs reserved for fitting the result. */
const reserve = 20;

/**
 * A term that explains much of a sum's residual, at the weights `spot`: many small terms are compared at a time by
 * their slopes at weight 0, and those that explain most are kept and varied, with a factor more or another one. Starts
 * with the terms `first`, if any. Undefined where none explains enough, or the sum fails at `spot`.
 */
export function* findTerm(
  sum: readonly Term[],
  spot: Point,
  first: readonly Term[],
  { write, names, random, budget }: Ground,
): Generator<Step, Term | undefined, Reply> {
  const given = spot.point.map((_, i) => i);
  let best = first;
  let share = worth;
  for (let idle = 0; idle < patience && share < 1 - 1e-9; ) {
    const terms = distinct([...best, ...more(best.length > 0 ? best : sum, names, random)]);
    const point = [...spot.point, ...terms.map(() => 0)];
    if (budget.left < point.length + 1 + reserve) break;
    budget.left -= point.length + 1;
    const slopes = yield* normalEquationsAt(point, write([...sum, ...terms]));
    if (!slopes) break;
    const merit = terms.map((_, i) => explained(slopes, given, given.length + i));
    const order = merit.map((_, i) => i).sort((a, b) => merit[b]! - merit[a]!);
    const most = merit[order[0]!]!;
    idle = most > share + 0.02 * (1 - share) ? 0 : idle + 1;
    share = Math.max(share, most);
    if (most > worth) best = order.slice(0, kept).map((i) => terms[i]!);
  }
  return best[0];
}

/**
 * New terms: of one factor or a few, or a present one with a factor added, exchanged, raised to another power, removed,
 * or replaced by its argument.
 */
export function more(
  there: readonly Term[],
  names: readonly string[],
  random: Random,
  count = fresh,
): Term[] {
  return Array.from({ length: count }, () => {
    const next = factor(names, random);
    const way = there.length === 0 ? 0 : random.weighted([6, 9, 5, 4, 3, 2]);
    if (way === 0)
      return [next, ...Array.from({ length: random.weighted([5, 3, 1]) }, () => factor(names, random))];
    const base = there[Math.min(there.length - 1, random.weighted([4, 3, 2, 1]))]!;
    if (way === 1) return [...base, next];
    const place = random.int(base.length);
    const { of, power, inner } = base[place]!;
    if (way === 4 && base.length > 1) return base.toSpliced(place, 1);
    if (way === 5 && inner) return base.with(place, { of: inner, power });
    return base.with(place, way === 2 ? next : { of, power: next.power });
  });
}

/** Terms without those of equal text. */
export function distinct(terms: readonly Term[]): Term[] {
  return [...new Map(terms.map((term) => [product(term).text, term])).values()];
}

/** The weighted sum of those terms whose weight is not 0; just 0 where there is none. */
export function sumOf(terms: readonly Expression[], weights: readonly number[]): Expression {
  let sum: Expression | undefined;
  terms.forEach((term, i) => {
    const weight = weights[i]!;
    if (weight === 0) return;
    const scaled = (by: number): Expression =>
      term.text === '1' ? literal(by, 10) : join(literal(by, 10), '*', term);
    sum = sum ? join(sum, weight < 0 ? '-' : '+', scaled(Math.abs(weight))) : scaled(weight);
  });
  return sum ?? literal(0);
}
