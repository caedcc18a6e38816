import type { Random } from '../../random.ts';
import { call, type Expression, join, literal } from './expression.ts';

/**
 * A way to join a sum to an expression so that a sum of 0 changes nothing: the link of a generalised linear model
 * (Nelder and Wedderburn 1972), so that what is a plain sum only under a root or in a denominator is still found as one.
 */
export type Bond = (old: Expression, sum: Expression) => Expression;

const one = literal(1);
const square = (of: Expression): Expression => join(of, '**', literal(2));

const drawn: readonly (readonly [odds: number, bond: Bond])[] = [
  [5, (old, sum) => join(old, '+', sum)],
  [0.5, (old, sum) => join(old, '*', join(one, '+', sum))],
  [2.5, (old, sum) => join(old, '/', join(one, '+', sum))],
  [2, (old, sum) => join(one, '/', join(join(one, '/', old), '+', sum))],
  [2, (old, sum) => call('sqrt', join(square(old), '+', sum))],
  [1.5, (old, sum) => join(one, '/', call('sqrt', join(join(one, '/', square(old)), '+', sum)))],
  [2, (old, sum) => join(old, '*', call('exp', sum))],
];

/** All of them. */
export const bonds: readonly Bond[] = drawn.map(([, bond]) => bond);

/** One of them, a plain sum more often than any other. */
export function drawBond(random: Random): Bond {
  return bonds[random.weighted(drawn.map(([odds]) => odds))]!;
}
