import { type Form, numberForm, ordered, unordered } from '../../../text/form.ts';
import type { Node } from '../parse.ts';

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

/** Whether an operand makes a `+` a concatenation of strings. */
export function isText(node: Node): boolean {
  return node.type === 'TemplateLiteral' || (node.type === 'Literal' && typeof node.value === 'string');
}

/** The operand to which 0 is added, or which is multiplied by 1; any other node as it is. */
export function withoutNeutral(node: Node): Node {
  if (node.type !== 'BinaryExpression') return node;
  const { operator, left, right } = node;
  const neutral = /^[+-]$/.test(operator) ? 0 : /^[*/]$/.test(operator) ? 1 : undefined;
  if (neutral === undefined) return node;
  if (right.type === 'Literal' && right.value === neutral) return left;
  return /^[+*]$/.test(operator) && left.type === 'Literal' && left.value === neutral ? right : node;
}

/** The operands of a chain of one operator. */
export function chain(node: Node, operator: string): Node[] {
  if (!/^(?:Binary|Logical)Expression$/.test(node.type) || node.operator !== operator) return [node];
  return [...chain(node.left, operator), ...chain(node.right, operator)];
}

/**
 * Writers of flat sums and products: a sum of signed terms, a product of one number and factors. `expression` writes
 * all else; `seen` gives the node that replaces an operand, or the operand itself.
 */
export function arithmetic(expression: (node: Node) => Form, seen: (node: Node) => Node) {
  const terms = (node: Node, negative: boolean): Term[] => {
    const bare = seen(node);
    if (bare !== node) return terms(bare, negative);
    if (node.type === 'UnaryExpression' && node.operator === '-') return terms(node.argument, !negative);
    if (node.type === 'BinaryExpression' && /^[+-]$/.test(node.operator) && !chain(node, '+').some(isText)) {
      const flips = node.operator === '-';
      return [...terms(node.left, negative), ...terms(node.right, negative !== flips)];
    }
    if (node.type === 'Literal' && typeof node.value === 'number')
      return node.value === 0 ? [] : [{ form: numberForm(node.value), negative }];
    if (node.type === 'BinaryExpression' && /^[*/]$/.test(node.operator)) {
      const { form, negative: own } = factors(node);
      return [{ form, negative: negative !== own }];
    }
    return [{ form: expression(node), negative }];
  };

  const product = (node: Node): Form => {
    const { form, negative } = factors(node);
    return negative ? sumOf([{ form, negative }]) : form;
  };

  const factors = (node: Node): Term => {
    const forms: Form[] = [];
    let coefficient = 1;
    const visit = (each: Node, inverse: boolean): void => {
      const bare = seen(each);
      if (bare !== each) visit(bare, inverse);
      else if (each.type === 'BinaryExpression' && /^[*/]$/.test(each.operator)) {
        visit(each.left, inverse);
        visit(each.right, inverse !== (each.operator === '/'));
      } else if (each.type === 'UnaryExpression' && each.operator === '-') {
        coefficient = -coefficient;
        visit(each.argument, inverse);
      } else if (each.type === 'Literal' && typeof each.value === 'number' && each.value !== 0)
        coefficient = inverse ? coefficient / each.value : coefficient * each.value;
      else {
        const form = expression(each);
        forms.push(inverse ? ordered('1/', [form]) : form);
      }
    };
    visit(node, false);
    const size = Math.abs(coefficient);
    if (size !== 1) forms.push(numberForm(size));
    return { form: forms.length === 1 ? forms[0]! : unordered('*', forms), negative: coefficient < 0 };
  };

  return { sum: (node: Node): Form => sumOf(terms(node, false)), product };
}
