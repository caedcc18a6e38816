import type { Node } from '../parse.ts';
import { bare, numeralOf } from './analysis/syntax.ts';
import type { Analysis } from './analysis/types.ts';
import type { Factor } from './factor.ts';
import { slice } from './swap.ts';
import type { Term } from './term.ts';

/** Most characters of a factor that is kept: longer ones would only grow programs. */
const longest = 40;

/** The terms of a sum as products, without their weights and constants; without those that have a long factor. */
export function termsOf(program: Analysis, sum: Node): Term[] {
  const inner = bare(sum);
  if (inner.type === 'BinaryExpression' && /^[+-]$/.test(inner.operator)) {
    return [...termsOf(program, inner.left), ...termsOf(program, inner.right)];
  }
  const factors = factorsOf(program, inner, 1);
  return factors.length > 0 && factors.every(({ of }) => of.text.length <= longest) ? [factors] : [];
}

function factorsOf(program: Analysis, node: Node, power: number): Factor[] {
  const inner = bare(node);
  if (numeralOf(inner) !== undefined) return [];
  if (inner.type === 'UnaryExpression' && inner.operator === '-') {
    return factorsOf(program, inner.argument, power);
  }
  if (inner.type === 'BinaryExpression') {
    const { operator, left, right } = inner;
    if (operator === '*') return [...factorsOf(program, left, power), ...factorsOf(program, right, power)];
    if (operator === '/') return [...factorsOf(program, left, power), ...factorsOf(program, right, -power)];
    const raised = operator === '**' ? numeralOf(bare(right)) : undefined;
    if (raised !== undefined && 2 * raised === Math.round(2 * raised)) {
      return factorsOf(program, left, power * raised);
    }
  }
  return [{ of: slice(program, inner), power }];
}
