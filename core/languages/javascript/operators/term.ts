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

/** Where terms are looked for: what they are added to, and what they are made of. */
export interface Ground {
  /** Programs by weights: of what always stands there, then of these terms. */
  write(terms: readonly Term[]): Write;
  readonly names: readonly string[];
  readonly random: Random;
  /** Runs that are left; whoever runs takes from it. */
  readonly purse: { left: number };
}

/** New terms tried at a time, those of them that go on, and times in a row without a better one after which to stop. */
const fresh = 20;
const kept = 4;
const patience = 3;

/** Share of the squares that are left that a term must explain. */
const worth = 0.1;

/** Runs that are kept back for fitting what was found. */
const reserve = 20;

/**
 * A term that explains much of what a sum leaves, fitted as it stands at `spot`: many small terms are weighed up at a
 * time by their slopes at weight 0, and those that explain most go on, with a factor more or another one. Begins with the
 * terms `first`, if there are any. Undefined where none is worth it, or the sum fails where it stands.
 */
export function* findTerm(
  sum: readonly Term[],
  spot: Point,
  first: readonly Term[],
  { write, names, random, purse }: Ground,
): Generator<Step, Term | undefined, Reply> {
  const given = spot.point.map((_, i) => i);
  let best = first;
  let share = worth;
  for (let idle = 0; idle < patience && share < 1 - 1e-9; ) {
    const terms = distinct([...best, ...more(best.length > 0 ? best : sum, names, random)]);
    const point = [...spot.point, ...terms.map(() => 0)];
    if (purse.left < point.length + 1 + reserve) break;
    purse.left -= point.length + 1;
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
 * New terms: of one factor or a few, or one of those that are there with a factor more, another, another power of it,
 * without it, or with what it is a function of in its place.
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

/** Terms that read alike once. */
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
