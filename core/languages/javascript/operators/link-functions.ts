import type { Random } from '../../../search/random.ts';
import type { Node } from '../parse.ts';
import { level } from '../precedence.ts';
import { bare, numeralOf } from './analysis/syntax.ts';
import { call, type Expression, join, literal } from './expression.ts';

/**
 * A link of a generalised linear model (Nelder and Wedderburn 1972): the program returns `inverse` of a sum s. Near a
 * prediction m that is roughly right, slope(m) * s is y - offset(m), where y is the right value: so terms of s can be
 * fitted by least squares as if s were returned itself, though y is known only by residuals.
 */
export interface Link {
  readonly name: string;
  readonly odds: number;
  /** A number wherever the sum is one and not 0. */
  inverse(sum: Expression): Expression;
  /** The sum inside an expression that has its form. */
  sumIn(node: Node): Node | undefined;
  /** dy / ds at m. */
  slope(m: string): Expression;
  /** m - slope * s(m). */
  offset(m: string): string;
}

const held = (text: string): Expression => ({ text: `(${text})`, level: level.primary });
const root = (sum: Expression): Expression => call('sqrt', call('abs', sum));

function argumentOf(node: Node | undefined, name: string): Node | undefined {
  if (node?.type !== 'CallExpression' || node.arguments.length !== 1) return undefined;
  const { object, property } = node.callee;
  return object?.name === 'Math' && property?.name === name ? bare(node.arguments[0]) : undefined;
}

function radicand(node: Node | undefined): Node | undefined {
  const inner = argumentOf(node, 'sqrt');
  return argumentOf(inner, 'abs') ?? inner;
}

/** The divisor of 1. */
function denominator(node: Node): Node | undefined {
  const divides = node.type === 'BinaryExpression' && node.operator === '/' && numeralOf(node.left) === 1;
  return divides ? bare(node.right) : undefined;
}

/** From the most special form to the identity, which fits every expression. */
export const links: readonly Link[] = [
  {
    name: 'reciprocal root',
    odds: 2,
    inverse: (sum) => join(literal(1), '/', root(sum)),
    sumIn: (node) => radicand(denominator(node)),
    slope: (m) => held(`-0.5 * ${m} * ${m} * ${m}`),
    offset: (m) => `1.5 * ${m}`,
  },
  {
    name: 'reciprocal',
    odds: 2,
    inverse: (sum) => join(literal(1), '/', sum),
    sumIn: denominator,
    slope: (m) => held(`-${m} * ${m}`),
    offset: (m) => `2 * ${m}`,
  },
  {
    name: 'root',
    odds: 2,
    inverse: root,
    sumIn: radicand,
    slope: (m) => held(`0.5 / ${m}`),
    offset: (m) => `0.5 * ${m}`,
  },
  {
    name: 'exponential',
    odds: 2,
    inverse: (sum) => call('exp', sum),
    sumIn: (node) => argumentOf(node, 'exp'),
    slope: held,
    offset: (m) => `${m} - ${m} * Math.log(${m})`,
  },
  {
    name: 'sum',
    odds: 3,
    inverse: (sum) => sum,
    sumIn: (node) => node,
    slope: () => literal(1),
    offset: () => '0',
  },
];

/**
 * A way to join a sum to an expression so that a sum of 0 changes nothing: the link of a generalised linear model
 * (Nelder and Wedderburn 1972), so that a sum under a root or in a denominator can be found too.
 */
export type LinkUpdate = (old: Expression, sum: Expression) => Expression;

const one = literal(1);
const square = (of: Expression): Expression => join(of, '**', literal(2));

const drawn: readonly (readonly [odds: number, update: LinkUpdate])[] = [
  [5, (old, sum) => join(old, '+', sum)],
  [0.5, (old, sum) => join(old, '*', join(one, '+', sum))],
  [2.5, (old, sum) => join(old, '/', join(one, '+', sum))],
  [2, (old, sum) => join(one, '/', join(join(one, '/', old), '+', sum))],
  [2, (old, sum) => call('sqrt', join(square(old), '+', sum))],
  [1.5, (old, sum) => join(one, '/', call('sqrt', join(join(one, '/', square(old)), '+', sum)))],
  [2, (old, sum) => join(old, '*', call('exp', sum))],
];

/** All updates. */
export const linkUpdates: readonly LinkUpdate[] = drawn.map(([, update]) => update);

/** Draws an update, a plain sum more often than any other. */
export function drawLinkUpdate(random: Random): LinkUpdate {
  return linkUpdates[random.weighted(drawn.map(([odds]) => odds))]!;
}
