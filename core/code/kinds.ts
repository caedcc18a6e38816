import { type Kind, type Name, walk } from './names.ts';
import type { Node } from './parse.ts';

const arithmetic = new Set(['-', '*', '/', '%', '**', '&', '|', '^', '<<', '>>', '>>>']);
const comparison = new Set(['<', '<=', '>', '>=', '==', '!=', '===', '!==']);
const listMethods = new Set(['filter', 'map', 'reduce', 'some', 'every', 'push', 'slice', 'forEach', 'fill', 'concat']);

/** Whether an operator takes numbers and gives one; `+` does only between numbers. */
export function isArithmetic(operator: string): boolean {
  return arithmetic.has(operator);
}

/** Whether an operator compares. */
export function isComparison(operator: string): boolean {
  return comparison.has(operator);
}

/** What an expression gives, as far as its own form and the names around it tell. */
export function kindOf(node: Node, scope: readonly Name[]): Kind {
  switch (node.type) {
    case 'Literal':
      return typeof node['value'] === 'number' ? 'number' : typeof node['value'] === 'boolean' ? 'boolean' : 'unknown';
    case 'Identifier':
      return scope.findLast((each) => each.name === node['name'])?.kind ?? 'unknown';
    case 'UnaryExpression':
      return node['operator'] === '!' ? 'boolean' : '-+~'.includes(node['operator']) ? 'number' : 'unknown';
    case 'BinaryExpression':
      return binaryKind(node, scope);
    case 'LogicalExpression':
      return same(kindOf(node['left'], scope), kindOf(node['right'], scope));
    case 'ConditionalExpression':
      return same(kindOf(node['consequent'], scope), kindOf(node['alternate'], scope));
    case 'MemberExpression':
      return memberKind(node, scope);
    case 'CallExpression':
      return isMath(node['callee']) ? 'number' : methodKind(node['callee'], scope);
    case 'ArrowFunctionExpression':
    case 'FunctionExpression':
      return 'function';
    case 'TSNonNullExpression':
      return kindOf(node['expression'], scope);
    default:
      return 'unknown';
  }
}

/** Whether a node is a member of `Math`. */
export function isMath(node: Node): boolean {
  return node.type === 'MemberExpression' && !node['computed'] && node['object']['name'] === 'Math';
}

function binaryKind(node: Node, scope: readonly Name[]): Kind {
  if (arithmetic.has(node['operator'])) return 'number';
  if (comparison.has(node['operator'])) return 'boolean';
  if (node['operator'] !== '+') return 'unknown';
  const sides = [kindOf(node['left'], scope), kindOf(node['right'], scope)];
  return sides.every((kind) => kind === 'number' || kind === 'boolean') ? 'number' : 'unknown';
}

function memberKind(node: Node, scope: readonly Name[]): Kind {
  if (isMath(node)) return 'number';
  if (!node['computed']) return node['property']['name'] === 'length' ? 'number' : 'unknown';
  return kindOf(node['object'], scope) === 'array' ? 'number' : 'unknown';
}

/** What a method of an array gives. */
function methodKind(callee: Node, scope: readonly Name[]): Kind {
  if (callee.type !== 'MemberExpression' || callee['computed']) return 'unknown';
  const method = callee['property']['name'];
  if (method === 'some' || method === 'every' || method === 'includes') return 'boolean';
  const list = kindOf(callee['object'], scope) === 'array';
  if (method === 'filter' || method === 'slice') return list ? 'array' : 'unknown';
  return method === 'indexOf' || (method === 'reduce' && list) ? 'number' : 'unknown';
}

function same(a: Kind, b: Kind): Kind {
  return a === b ? a : 'unknown';
}

/** What the names in a stretch of code must be, by how they are used there and what their types say. */
export function kindsByUse(node: Node): ReadonlyMap<string, Kind> {
  const kinds = new Map<string, Kind>();
  const nested = new Set<string>();
  const note = (at: Node | null | undefined, kind: Kind): void => {
    if (at?.type !== 'Identifier' || kinds.get(at['name']) === 'array') return;
    if (kind !== 'unknown') kinds.set(at['name'], kind);
  };
  walk(node, (at, parent) => {
    switch (at.type) {
      case 'BinaryExpression':
        if (arithmetic.has(at['operator']) || /^[<>]=?$/.test(at['operator'])) {
          note(at['left'], 'number');
          note(at['right'], 'number');
        }
        break;
      case 'MemberExpression': {
        const list = at['computed'] || at['property']['name'] === 'length' || listMethods.has(at['property']['name']);
        if (!list) nested.add(at['object']['name']);
        else note(at['object'], 'array');
        if (at['computed']) {
          note(at['property'], 'number');
          const deeper = parent?.type === 'MemberExpression' && parent['object'] === at;
          if (deeper || at['property']['type'] === 'Literal' && typeof at['property']['value'] === 'string') {
            nested.add(at['object']['name']);
          }
        }
        break;
      }
      case 'CallExpression':
        if (isMath(at['callee'])) for (const each of at['arguments']) note(each, 'number');
        else if (at['callee']['property']?.name === 'push' && !at['arguments'].every(isNumeric)) {
          nested.add(at['callee']['object']['name']);
        }
        break;
      case 'VariableDeclarator':
        if (at['init']?.type === 'ArrayExpression' && !at['init']['elements'].every(isNumeric)) {
          nested.add(at['id']['name']);
        } else if (at['init']) note(at['id'], kindOf(at['init'], []));
        break;
      case 'ForOfStatement': {
        const target = at['left']['declarations']?.[0]?.id;
        if (target && target.type !== 'Identifier') nested.add(at['right']['name']);
        note(at['right'], 'array');
        break;
      }
      case 'Identifier':
        note(at, annotated(at['typeAnnotation']?.typeAnnotation));
    }
  });
  // Arrays of other things than numbers, and records, are left alone.
  for (const name of nested) kinds.set(name, 'unknown');
  return kinds;
}

/** Whether an expression is a number by its form alone. */
function isNumeric(node: Node | null): boolean {
  return node !== null && kindOf(node, []) === 'number';
}

function annotated(type: Node | undefined): Kind {
  if (type?.type === 'TSNumberKeyword') return 'number';
  if (type?.type === 'TSBooleanKeyword') return 'boolean';
  if (type?.type === 'TSTypeOperator') return annotated(type['typeAnnotation']);
  if (type?.type === 'TSArrayType' && type['elementType'].type === 'TSNumberKeyword') return 'array';
  return 'unknown';
}
