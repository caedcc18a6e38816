import type { Node } from '../../code/parse.ts';
import type { Outline, Site } from './outline.ts';

/** A number written in the program, its minus sign included. */
export interface Numeral {
  readonly site: Site;
  readonly value: number;
  /** Small whole number that counts, indexes, is a remainder or an exponent: only another whole number makes sense. */
  readonly whole: boolean;
  /** Start of a sum, such as `let total = 0`: nothing to tune. */
  readonly idle: boolean;
}

/** Every number that may change, in order of the text. */
export function numeralsOf(sites: Outline['sites']): Numeral[] {
  const result: Numeral[] = [];
  const signed = new Set<unknown>();
  for (const site of sites) {
    const { node } = site;
    const negative = node.type === 'UnaryExpression' && node.operator === '-';
    const literal = negative ? node.argument : node;
    if (literal.type !== 'Literal' || typeof literal.value !== 'number' || signed.has(literal)) continue;
    if (negative) signed.add(literal);
    const value: number = negative ? -literal.value : literal.value;
    if (!Number.isFinite(value)) continue;
    result.push({
      site,
      value,
      whole: Number.isInteger(value) && isWhole(site),
      idle: value === 0 && isIdle(site),
    });
  }
  return result;
}

function isWhole(site: Site): boolean {
  if (site.role !== 'plain') return true;
  const operator = site.under.type === 'BinaryExpression' ? site.under.operator : '';
  return (operator === '**' && site.key === 'right') || /^(%|[=!]==?)$/.test(operator);
}

function isIdle(site: Site): boolean {
  if (site.under.type === 'VariableDeclarator') return true;
  return site.under.callee?.property?.name === 'reduce' && site.key === 'arguments';
}

/** The number that a node writes, with its sign; undefined for all else. */
export function numeralOf(node: Node): number | undefined {
  if (node.type === 'UnaryExpression' && node.operator === '-') {
    const value = numeralOf(node.argument);
    return value === undefined ? undefined : -value;
  }
  return node.type === 'Literal' && typeof node.value === 'number' ? node.value : undefined;
}

/** A node without the parentheses around it. */
export function bare(node: Node): Node {
  return node.type === 'ParenthesizedExpression' ? bare(node.expression) : node;
}
