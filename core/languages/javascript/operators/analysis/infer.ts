import { resolve } from '../../bindings.ts';
import type { Node } from '../../parse.ts';
import { isParameter, learn } from './scope.ts';
import type { Scope, Survey, Type, Use } from './types.ts';

const arithmetic = /^(\*|\/|%|\*\*|-|&|\||\^|<<|>>|>>>)$/;
const order = /^[<>]=?$/;
const numeric = /^(Math|Number)$/;

/** Infers types from how names and expressions are used; `unknown` where unsure, and operators leave such sites alone. */
export function infer(found: Survey, entry: string): void {
  for (let pass = 0; pass < 3; pass++) {
    for (const use of found.uses) learnFromUse(use);
    for (const use of found.uses) learnFromCall(found, use);
    for (const { target, init, scope, each } of found.declarations) {
      if (!init) continue;
      if (target.type === 'ArrayPattern' && init.type === 'Identifier') {
        learn(resolve(init.name, scope), each ? 'matrix' : 'array');
      }
      if (target.type !== 'Identifier') continue;
      const binding = resolve(target.name, scope);
      const type = typeOf(init, scope);
      learn(binding, each ? elementOf(type) : type);
      if (each && init.type === 'Identifier')
        learn(resolve(init.name, scope), arrayOf(binding?.type ?? 'unknown'));
      if (!each && isElement(init))
        learn(resolve(init.object.name, scope), arrayOf(binding?.type ?? 'unknown'));
    }
  }
  for (const each of found.references) {
    const binding = resolve(each.node.name, each.scope);
    if (binding && each.write) binding.assigned = true;
  }
  for (const site of found.sites) {
    const own = typeOf(site.node, site.scope);
    const wanted = own === 'unknown' ? expectedUnder(site.node, site.under, site.key) : own;
    site.type =
      wanted === 'unknown' && site.under.type === 'ReturnStatement' && isParameter(site) ? 'number' : wanted;
  }
  for (const routine of found.routines) {
    const inside = found.sites.filter(
      (each) =>
        each.under.type === 'ReturnStatement' &&
        each.start > routine.node.start &&
        each.end < routine.node.end,
    );
    routine.returns = inside[0]?.type ?? (routine.name === entry ? 'unknown' : 'other');
  }
  collectPaths(found);
}

/** The type of an expression by its form; `unknown` where only its context could tell. */
function typeOf(node: Node, scope: Scope): Type {
  switch (node.type) {
    case 'ParenthesizedExpression':
    case 'TSNonNullExpression':
    case 'TSAsExpression':
    case 'TSSatisfiesExpression':
      return typeOf(node.expression, scope);
    case 'Literal':
      return typeof node.value === 'number'
        ? 'number'
        : typeof node.value === 'boolean'
          ? 'boolean'
          : 'other';
    case 'Identifier':
      if (node.name === 'Infinity' || node.name === 'NaN') return 'number';
      return resolve(node.name, scope)?.type ?? 'unknown';
    case 'BinaryExpression':
      if (arithmetic.test(node.operator)) return 'number';
      return node.operator === '+' ? sum(typeOf(node.left, scope), typeOf(node.right, scope)) : 'boolean';
    case 'UnaryExpression':
      return node.operator === '!' ? 'boolean' : /^[-+~]$/.test(node.operator) ? 'number' : 'other';
    case 'UpdateExpression':
      return 'number';
    case 'LogicalExpression':
      return both(typeOf(node.left, scope), typeOf(node.right, scope));
    case 'ConditionalExpression':
      return both(typeOf(node.consequent, scope), typeOf(node.alternate, scope));
    case 'MemberExpression':
      if (!node.computed) return lengthLike(node) ? 'number' : 'unknown';
      return elementOf(typeOf(node.object, scope));
    case 'ArrayExpression': {
      const first: Node | undefined = node.elements[0];
      return !first || first.type === 'SpreadElement' ? 'unknown' : arrayOf(typeOf(first, scope));
    }
    case 'CallExpression':
      return typeOfCall(node, scope);
    case 'NewExpression':
      return /^(Float|Int|Uint)\d/.test(node.callee.name ?? '') ? 'array' : 'other';
    default:
      return node.type === 'AssignmentExpression' ? 'unknown' : 'other';
  }
}

function typeOfCall(node: Node, scope: Scope): Type {
  const callee: Node = node.callee;
  if (callee.type !== 'MemberExpression' || callee.computed) return 'unknown';
  if (callee.object.name === 'Math') return 'number';
  const method: string = callee.property.name;
  if (/^(indexOf|findIndex|push)$/.test(method)) return 'number';
  if (/^(some|every|includes|has)$/.test(method)) return 'boolean';
  if (/^(slice|filter|sort|toSorted|reverse|concat)$/.test(method)) return typeOf(callee.object, scope);
  if (method === 'fill') return node.arguments[0] ? arrayOf(typeOf(node.arguments[0], scope)) : 'unknown';
  return 'unknown';
}

function learnFromUse(use: Use): void {
  const { node, scope } = use;
  if (node.type !== 'Identifier') {
    if (isElement(node)) {
      const wanted = expectedUnder(node, use.under, use.key);
      learn(resolve(node.object.name, scope), arrayOf(wanted));
    }
    return;
  }
  const binding = resolve(node.name, scope);
  if (!binding) return;
  learn(binding, expectedUnder(node, use.under, use.key));
  if (use.key === 'property' && use.under.type === 'MemberExpression') binding.index = true;
}

/** A name passed to a function of the program has the type of the parameter. */
function learnFromCall(found: Survey, { node, under, key, scope }: Use): void {
  if (key !== 'arguments' || node.type !== 'Identifier' || under.callee.type !== 'Identifier') return;
  const routine = found.routines.find((each) => each.name === under.callee.name);
  const parameter: Node | undefined = routine?.node.params[under.arguments.indexOf(node)];
  if (parameter?.type !== 'Identifier') return;
  learn(resolve(node.name, scope), routine!.scope.bindings.get(parameter.name)?.type ?? 'unknown');
}

/** The type that its context demands of an expression. */
function expectedUnder(node: Node, under: Node, key: string): Type {
  switch (under.type) {
    case 'BinaryExpression': {
      if (arithmetic.test(under.operator) || order.test(under.operator)) return 'number';
      const other: Node = key === 'left' ? under.right : under.left;
      if (typeof other.value === 'number') return 'number';
      return other !== node && (other.type === 'UnaryExpression' || arithmetic.test(other.operator ?? ''))
        ? 'number'
        : 'unknown';
    }
    case 'UnaryExpression':
      return under.operator === '!' ? 'boolean' : under.operator === 'typeof' ? 'unknown' : 'number';
    case 'UpdateExpression':
      return 'number';
    case 'IfStatement':
    case 'WhileStatement':
    case 'DoWhileStatement':
    case 'ForStatement':
      return key === 'test' && node.type !== 'Identifier' ? 'boolean' : 'unknown';
    case 'ConditionalExpression':
      return key === 'test' && node.type !== 'Identifier' ? 'boolean' : 'unknown';
    case 'AssignmentExpression':
      return arithmetic.test(under.operator.slice(0, -1)) || (key === 'right' && under.operator === '+=')
        ? 'number'
        : 'unknown';
    case 'MemberExpression':
      if (key === 'property')
        return under.object.type === 'Identifier' || isElement(under.object) ? 'number' : 'unknown';
      if (under.computed)
        return under.property.type === 'Literal' && typeof under.property.value === 'string'
          ? 'other'
          : 'array';
      return /^(length|reduce|filter|map|some|every|slice|push|forEach|indexOf)$/.test(under.property.name)
        ? 'unknown'
        : 'other';
    case 'CallExpression':
      if (key === 'callee') return 'other';
      return under.callee.type === 'MemberExpression' && numeric.test(under.callee.object.name)
        ? 'number'
        : 'unknown';
    default:
      return 'unknown';
  }
}

function collectPaths(found: Survey): void {
  for (const { node, under, key } of found.uses) {
    if (node.type !== 'MemberExpression' || node.computed || node.object.type !== 'Identifier') continue;
    const name: string = node.object.name;
    if (lengthLike(node) || numeric.test(name) || expectedUnder(node, under, key) !== 'number') continue;
    const text = found.text.slice(node.start, node.end);
    const known = found.paths.get(name) ?? [];
    if (!known.includes(text)) found.paths.set(name, [...known, text]);
  }
}

function isElement(node: Node): boolean {
  return node.type === 'MemberExpression' && node.computed && node.object.type === 'Identifier';
}

function lengthLike(node: Node): boolean {
  return node.property.name === 'length' || node.object.name === 'Math';
}

function elementOf(type: Type): Type {
  return type === 'array' ? 'number' : type === 'matrix' ? 'array' : 'unknown';
}

function arrayOf(type: Type): Type {
  return type === 'number' ? 'array' : type === 'array' ? 'matrix' : 'unknown';
}

function both(a: Type, b: Type): Type {
  return a === b || b === 'unknown' ? a : a === 'unknown' ? b : 'other';
}

function sum(a: Type, b: Type): Type {
  return a === 'other' || b === 'other' ? 'other' : a === 'number' || b === 'number' ? 'number' : 'unknown';
}
