import type { Random } from '../../../search/random.ts';
import type { Node } from '../parse.ts';
import { level, levelOf, operandSlot, precedence } from '../precedence.ts';
import type { Analysis, Site } from './analysis/types.ts';
import { type Expression, wrap } from './expression.ts';
import { type Change, mutation } from './mutation.ts';

const families: readonly (readonly string[])[] = [
  ['+', '-', '*', '/', '%', '**'],
  ['<', '<=', '>', '>=', '===', '!=='],
  ['==', '!=', '===', '!=='],
  ['&&', '||'],
];
const ofOne = [
  'abs',
  'sqrt',
  'log',
  'log1p',
  'exp',
  'sin',
  'cos',
  'tanh',
  'floor',
  'ceil',
  'round',
  'sign',
  'cbrt',
  'atan',
];
const ofMany = ['min', 'max', 'hypot'];

/** Changes an operator, a Math function or a sign, or the order of two operands. */
export const swapOne = (parent: Analysis, random: Random): Change => {
  const sites = parent.sites.filter((each) => each.role === 'plain' && swappable(each));
  return sites.length === 0 ? undefined : alter(parent, random.pick(sites), random);
};

/** The operator that does so. */
export const swap = mutation('swap', 1, swapOne);

function swappable({ node, type }: Site): boolean {
  if (node.type === 'BinaryExpression')
    return type !== 'other' && families.some((each) => each.includes(node.operator));
  if (node.type === 'LogicalExpression') return node.operator !== '??';
  if (node.type === 'CallExpression') return mathName(node) !== undefined;
  return type === 'number' || type === 'boolean';
}

function alter(parent: Analysis, site: Site, random: Random): Change {
  const { node } = site;
  const put = (expression: Expression, note: string): Change => ({
    edits: [{ start: site.start, end: site.end, text: wrap(expression, site.slot) }],
    note: `swap: ${note}`,
  });
  if (node.type === 'BinaryExpression' || node.type === 'LogicalExpression') {
    const operator: string = node.operator;
    const others = families
      .filter((each) => each.includes(operator))
      .flat()
      .filter((each) => each !== operator);
    const to = random.next() < 0.15 ? operator : random.pick(others);
    const turn = to === operator || random.next() < 0.1;
    const [left, right]: [Node, Node] = turn ? [node.right, node.left] : [node.left, node.right];
    const text = `${side(parent, left, to, true)} ${to} ${side(parent, right, to, false)}`;
    return put(
      { text, level: levelOf(to) },
      turn ? `operands of ${operator} trade places` : `${operator} becomes ${to}`,
    );
  }
  const name = node.type === 'CallExpression' && mathName(node);
  if (name) {
    const family = (ofOne.includes(name) ? ofOne : ofMany).filter((each) => each !== name);
    const to =
      name === 'min' && random.next() < 0.8
        ? 'max'
        : name === 'max' && random.next() < 0.8
          ? 'min'
          : random.pick(family);
    const { start, end } = node.callee.property;
    return { edits: [{ start, end, text: to }], note: `swap: Math.${name} becomes Math.${to}` };
  }
  const sign = site.type === 'boolean' ? '!' : '-';
  if (node.type === 'UnaryExpression' && node.operator === sign) {
    return put(slice(parent, node.argument), `takes ${sign} away`);
  }
  const inner = slice(parent, node);
  return put(
    {
      text: `${sign}${wrap(inner, inner.text.startsWith(sign) ? level.primary : level.unary)}`,
      level: level.unary,
    },
    `puts ${sign} before an expression`,
  );
}

function mathName(node: Node): string | undefined {
  const callee: Node = node.callee;
  if (callee.type !== 'MemberExpression' || callee.object.name !== 'Math' || callee.computed)
    return undefined;
  const name: string = callee.property.name;
  return ofOne.includes(name) || ofMany.includes(name) ? name : undefined;
}

function side(parent: Analysis, node: Node, operator: string, left: boolean): string {
  return wrap(slice(parent, node), operandSlot(operator, left));
}

/** The text of an expression, without parentheses around it. */
export function slice(program: Analysis, node: Node): Expression {
  let inner = node;
  while (inner.type === 'ParenthesizedExpression') inner = inner.expression;
  return { text: program.text.slice(inner.start, inner.end), level: precedence(inner) };
}
