import { isArithmetic, isMath, kindOf } from './kinds.ts';
import type { Kind, Name } from './names.ts';
import type { Node } from './parse.ts';
import type { Site } from './sites.ts';

/** The site of a child: what may stand there, by what is around it. */
export function placeOf(parent: Site, child: readonly [string, number, Node], scope: readonly Name[]): Site {
  const [key, index, node] = child;
  const wanted = wantedAt(parent, key, node);
  const own = wanted === undefined ? 'unknown' : kindOf(node, scope);
  return {
    node,
    parent,
    key,
    index,
    scope,
    kind: own === 'unknown' ? (wanted ?? 'unknown') : own,
    role: isStatement(node, parent.node) ? 'statement' : wanted === undefined ? 'other' : 'value',
    delicate: parent.delicate ? !opensBody(parent.node, key) : isDelicate(parent.node, key),
  };
}

function isStatement(node: Node, parent: Node): boolean {
  if (node.type === 'VariableDeclaration') return !/^(For|Export)/.test(parent.type);
  if (node.type === 'BlockStatement') return !/Function|CatchClause|TryStatement/.test(parent.type);
  if (parent.type.startsWith('Export')) return false;
  return /(Statement|^(Function|Class|Export\w*|Import)Declaration)$/.test(node.type);
}

/** What must stand at a place for values, `unknown` for whatever stands there now; nothing elsewhere. */
function wantedAt(parent: Site, key: string, child: Node): Kind | undefined {
  const { node } = parent;
  switch (node.type) {
    case 'ReturnStatement':
      return 'unknown';
    case 'ArrowFunctionExpression':
      return key === 'body' && child.type !== 'BlockStatement' ? 'unknown' : undefined;
    case 'VariableDeclarator':
      return key === 'init' ? 'unknown' : undefined;
    case 'AssignmentExpression':
      if (key !== 'right') return undefined;
      return isArithmetic(node['operator'].slice(0, -1)) ? 'number' : 'unknown';
    case 'BinaryExpression':
      return isArithmetic(node['operator']) || /^[<>]=?$/.test(node['operator']) ? 'number' : 'unknown';
    case 'LogicalExpression':
      return parent.kind;
    case 'ConditionalExpression':
      return key === 'test' ? 'boolean' : parent.kind;
    case 'IfStatement':
    case 'WhileStatement':
    case 'DoWhileStatement':
    case 'ForStatement':
      return key === 'test' ? 'boolean' : undefined;
    case 'UnaryExpression':
      return node['operator'] === '!' ? 'boolean' : '-+~'.includes(node['operator']) ? 'number' : undefined;
    case 'CallExpression':
      if (key !== 'arguments') return undefined;
      return isMath(node['callee']) ? 'number' : 'unknown';
    case 'ArrayExpression':
      return 'unknown';
    case 'Property':
      return key === 'value' && !node['shorthand'] && parent.parent?.node.type === 'ObjectExpression'
        ? 'unknown'
        : undefined;
    case 'MemberExpression':
      return key === 'property' && node['computed'] ? 'number' : undefined;
    default:
      return undefined;
  }
}

function isDelicate(parent: Node, key: string): boolean {
  if (/^(For\w*|While|DoWhile)Statement$/.test(parent.type)) return key !== 'body';
  return parent.type === 'MemberExpression' && key === 'property';
}

/** A function within a delicate place is a place of its own. */
function opensBody(parent: Node, key: string): boolean {
  return /Function/.test(parent.type) && key === 'body';
}
