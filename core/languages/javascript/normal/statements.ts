import type { Node } from '../parse.ts';
import { children } from './names.ts';

/** A node that replaces another. */
export function synthetic(type: string, { start, end }: Node, rest: Record<string, unknown>): Node {
  return { type, start, end, ...rest };
}

/** Splits a statement as far as possible: undoes what a minifier joins. */
export function simple(node: Node): Node[] {
  const as = (type: string, rest: Record<string, unknown>) => synthetic(type, node, rest);
  const split = (value: Node | null | undefined, last: (value: Node) => Node[]): Node[] => {
    if (value?.type !== 'SequenceExpression') return value ? last(value) : [];
    const before = value.expressions.slice(0, -1);
    return [
      ...before.flatMap((expression: Node) => simple(as('ExpressionStatement', { expression }))),
      ...last(value.expressions.at(-1)),
    ];
  };
  switch (node.type) {
    case 'EmptyStatement':
      return [];
    case 'BlockStatement':
      return node.body.flatMap(simple);
    case 'VariableDeclaration':
      return node.declarations;
    case 'ExpressionStatement':
      return split(node.expression, (expression) => {
        const { type, operator, left, right, test } = expression;
        if (type === 'SequenceExpression') return simple(as('ExpressionStatement', { expression }));
        const run = (each: Node) => as('ExpressionStatement', { expression: each });
        if (type === 'ConditionalExpression')
          return [
            as('IfStatement', {
              test,
              consequent: run(expression.consequent),
              alternate: run(expression.alternate),
            }),
          ];
        if (type === 'LogicalExpression' && operator === '&&')
          return [as('IfStatement', { test: left, consequent: run(right), alternate: null })];
        return [run(expression)];
      });
    case 'IfStatement':
      return split(node.test, (test) => [{ ...node, test }]);
    case 'ReturnStatement':
      if (!node.argument) return [node];
      return split(node.argument, (argument) => {
        if (argument.type !== 'ConditionalExpression') return [{ ...node, argument }];
        const run = (each: Node) => as('ReturnStatement', { argument: each });
        const { test, consequent, alternate } = argument;
        return simple(as('IfStatement', { test, consequent: run(consequent), alternate: run(alternate) }));
      });
    case 'ForStatement': {
      if (!node.init) return [node];
      const first =
        node.init.type === 'VariableDeclaration'
          ? node.init.declarations
          : simple(as('ExpressionStatement', { expression: node.init }));
      return [...first, { ...node, init: null }];
    }
    default:
      return [node];
  }
}

/** Whether a statement always leaves its block. */
export function leaves(node: Node): boolean {
  if (node.type === 'BlockStatement') return node.body.length > 0 && leaves(node.body.at(-1));
  return /^(?:Return|Break|Continue|Throw)Statement$/.test(node.type);
}

/** Whether a loop's body may start the next iteration before its end. */
export function continues(node: Node): boolean {
  if (node.type === 'ContinueStatement') return true;
  return !/Function/.test(node.type) && children(node).some(continues);
}
