import type { Node } from './parse.ts';

/** Precedence levels of the grammar: the larger, the tighter the expression binds. */
export const level = {
  sequence: 0,
  assignment: 1,
  conditional: 2,
  coalesce: 3,
  or: 4,
  and: 5,
  bitOr: 6,
  relational: 10,
  additive: 12,
  multiplicative: 13,
  exponent: 14,
  unary: 15,
  postfix: 16,
  call: 17,
  primary: 18,
} as const;

const binary: Readonly<Record<string, number>> = {
  '??': 3,
  '||': 4,
  '&&': 5,
  '|': 6,
  '^': 7,
  '&': 8,
  '==': 9,
  '!=': 9,
  '===': 9,
  '!==': 9,
  '<': 10,
  '<=': 10,
  '>': 10,
  '>=': 10,
  in: 10,
  instanceof: 10,
  '<<': 11,
  '>>': 11,
  '>>>': 11,
  '+': 12,
  '-': 12,
  '*': 13,
  '/': 13,
  '%': 13,
  '**': 14,
};

/** Level of a binary or logical operator. */
export function levelOf(operator: string): number {
  return binary[operator] ?? level.sequence;
}

const plain: Readonly<Record<string, number>> = {
  Identifier: 18,
  Literal: 18,
  ThisExpression: 18,
  ArrayExpression: 18,
  TemplateLiteral: 18,
  ParenthesizedExpression: 18,
  MemberExpression: 17,
  CallExpression: 17,
  TSNonNullExpression: 17,
  UpdateExpression: 16,
  UnaryExpression: 15,
  AwaitExpression: 15,
  TSAsExpression: 10,
  TSSatisfiesExpression: 10,
  ConditionalExpression: 2,
};

/** Level of an expression; one that does not fit everywhere without parentheses has the lowest. */
export function precedence(node: Node): number {
  if (node.type === 'BinaryExpression' || node.type === 'LogicalExpression') return levelOf(node.operator);
  return plain[node.type] ?? (node.type === 'ArrowFunctionExpression' ? level.assignment : level.sequence);
}

/** The least level an expression needs to stand under `parent` at `key` without parentheses. */
export function slot(parent: Node, key: string): number {
  switch (parent.type) {
    case 'BinaryExpression':
      return operandSlot(parent.operator, key === 'left');
    case 'LogicalExpression':
      return parent.operator === '??' ? level.bitOr : operandSlot(parent.operator, key === 'left');
    case 'UnaryExpression':
    case 'AwaitExpression':
      return level.unary;
    case 'ConditionalExpression':
      return key === 'test' ? level.coalesce : level.assignment;
    case 'MemberExpression':
      return key === 'property' ? level.sequence : level.call;
    case 'CallExpression':
    case 'NewExpression':
      return key === 'callee' ? level.call : level.assignment;
    case 'TSAsExpression':
    case 'TSSatisfiesExpression':
      return level.relational;
    case 'TSNonNullExpression':
      return level.call;
    case 'ReturnStatement':
    case 'IfStatement':
    case 'WhileStatement':
    case 'DoWhileStatement':
    case 'ForStatement':
    case 'ExpressionStatement':
    case 'ParenthesizedExpression':
      return level.sequence;
    default:
      return level.assignment;
  }
}

/** The least level of an operand of a binary operator. */
export function operandSlot(operator: string, left: boolean): number {
  const own = levelOf(operator);
  if (operator === '**') return left ? level.postfix : own;
  return left ? own : own + 1;
}
