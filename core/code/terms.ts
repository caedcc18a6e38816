import { type Form, numberForm, ordered, unordered } from './form.ts';
import type { Node } from './parse.ts';

/** A summand with its sign. */
export interface Term {
  readonly form: Form;
  readonly negative: boolean;
}

/** The sum of terms, in any order. */
export function sumOf(terms: readonly Term[]): Form {
  if (terms.length === 0) return numberForm(0);
  const forms = terms.map(({ form, negative }) => (negative ? ordered('-', [form]) : form));
  return forms.length === 1 ? forms[0]! : unordered('+', forms);
}

/** Whether an operand makes a `+` a joining of texts. */
export function isText(node: Node): boolean {
  return node.type === 'TemplateLiteral' || (node.type === 'Literal' && typeof node.value === 'string');
}

/** An operand that nothing is added to, or that is taken once. */
export function withoutNeutral(node: Node): Node {
  if (node.type !== 'BinaryExpression') return node;
  const { operator, left, right } = node;
  const neutral = /^[+-]$/.test(operator) ? 0 : /^[*/]$/.test(operator) ? 1 : undefined;
  if (neutral === undefined) return node;
  if (right.type === 'Literal' && right.value === neutral) return left;
  return /^[+*]$/.test(operator) && left.type === 'Literal' && left.value === neutral ? right : node;
}

/** The operands of a run of one operator. */
export function chain(node: Node, operator: string): Node[] {
  if (!/^(?:Binary|Logical)Expression$/.test(node.type) || node.operator !== operator) return [node];
  return [...chain(node.left, operator), ...chain(node.right, operator)];
}
