import type { Source } from '../../../search/program.ts';
import type { Reply, Step } from '../../../search/roles.ts';
import { compare } from '../../../search/step.ts';
import { coordinate } from './cholesky.ts';
import { type Expression, literal } from './expression.ts';
import { product } from './factor.ts';
import { distinct, type Term } from './term.ts';

/** Where terms are regressed. */
export interface FitContext {
  /** The program that returns an expression. */
  written(expression: Expression): Source;
  /** Runs that remain; each run is subtracted from it. */
  readonly budget: { left: number };
}

/** A term, or, where it is tied, a term times y, the value that the program should return. */
export interface Column {
  readonly term: Term;
  readonly tied: boolean;
  /** Coordinates along the instruments, made orthogonal. */
  readonly along: readonly number[];
}

/** Share of an instrument's squares that must be orthogonal to the instruments before it. */
const own = 1e-10;

/**
 * Coordinates of terms along instruments. No program can be run for a term times y, as y is known only by residuals;
 * but <z, t y> = <z t, y> for any instrument z, and z t can be run. Where a weighted sum of columns is 0, so is that of
 * these coordinates: two-stage least squares (Theil 1953). Takes one run for each instrument and each term, and one for
 * each pair of instrument and tied term, less those that coincide. Terms that fail are left out; undefined where all
 * fail, or where fewer than `spare` runs would remain.
 */
export function* onInstruments(
  instruments: readonly Term[],
  untied: readonly Term[],
  tied: readonly Term[],
  { written, budget }: FitContext,
  spare = 0,
): Generator<Step, Column[] | undefined, Reply> {
  const times = (t: Term): Term[] => instruments.map((z) => [...z, ...t]);
  const all = distinct([...instruments, ...untied, ...tied.flatMap(times)]);
  if (budget.left < all.length + 1 + spare) return undefined;
  budget.left -= all.length + 1;
  const { outcomes, products } = yield* compare([literal(0), ...all.map(product)].map(written));
  const place = new Map(all.map((term, i) => [product(term).text, i + 1]));
  const at = (term: Term): number => place.get(product(term).text)!;
  const fails = (term: Term): boolean => outcomes[at(term)]!.status !== 'scored';
  if (outcomes[0]?.status !== 'scored' || instruments.some(fails)) return undefined;
  const angles = orthogonalised(
    instruments.map((z) => instruments.map((other) => products[at(z)]![at(other)]!)),
  );
  return [
    ...untied
      .filter((term) => !fails(term))
      .map((term) => ({
        term,
        tied: false,
        along: angles(instruments.map((z) => products[at(z)]![at(term)]!)),
      })),
    ...tied
      .filter((term) => !times(term).some(fails))
      .map((term) => ({
        term,
        tied: true,
        along: angles(times(term).map((each) => -products[0]![at(each)]!)),
      })),
  ];
}

/** Turns products with vectors, whose inner products are given, into orthogonal coordinates. */
export function orthogonalised(
  gram: readonly (readonly number[])[],
): (products: readonly number[]) => readonly number[] {
  const rows: { readonly k: number; readonly row: readonly number[]; readonly length: number }[] = [];
  const coordinates = (products: readonly number[]): number[] => {
    const along: number[] = [];
    for (const { k, row, length } of rows)
      along.push(coordinate(products[k]!, along, row, along.length, length));
    return along;
  };
  gram.forEach((products, k) => {
    const row = coordinates(products);
    const left = products[k]! - row.reduce((sum, each) => sum + each * each, 0);
    if (left > own * products[k]!) rows.push({ k, row, length: Math.sqrt(left) });
  });
  return coordinates;
}
