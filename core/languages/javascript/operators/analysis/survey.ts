// One idea: the one walk over a program. What it does at a node of each type depends on the context that it built above.

import type { Region } from '../../../../text/regions.ts';
import { boundBy, declaredBy } from '../../bindings.ts';
import type { Node } from '../../parse.ts';
import { slot } from '../../precedence.ts';
import { childrenOf } from '../../walk.ts';
import { annotated, documented } from './annotations.ts';
import { inner } from './scope.ts';
import { bare, drives, namesIn, union } from './syntax.ts';
import type { Binding, Scope, Site, Survey } from './types.ts';

/** The context of a node. */
interface Context {
  readonly under: Node;
  readonly key: string;
  readonly scope: Scope;
  readonly role: Site['role'];
  /** Names whose change ends the loops around. */
  readonly driving: ReadonlySet<string>;
  readonly loops: readonly Node[];
  readonly inFunction: boolean;
  /** False where an expression may not be replaced: targets, callees, what is indexed. */
  readonly value: boolean;
  /** True all through the test of a loop: a change there may leave it endless. */
  readonly frozen: boolean;
}

/** The state of a walk. */
interface Walk {
  readonly found: Survey;
  /** Whether a node may change: whether it lies in a region. */
  free(node: Node): boolean;
}

type Visitor = (walk: Walk, node: Node, at: Context) => void;

/** Walks a program once and lists all that operators work on. */
export function survey(text: string, program: Node, regions: readonly Region[]): Survey {
  const found: Survey = {
    text,
    sites: [],
    lines: [],
    routines: [],
    functions: [],
    references: [],
    bindings: [],
    declaredAt: new Map(),
    names: new Set(),
    paths: new Map(),
    bound: [],
    uses: [],
    declarations: [],
  };
  const free = (node: Node): boolean =>
    regions.some((each) => node.start >= each.start && node.end <= each.end);
  visit({ found, free }, program, {
    under: program,
    key: 'body',
    scope: inner(undefined),
    role: 'plain',
    driving: new Set(),
    loops: [],
    inFunction: false,
    value: true,
    frozen: false,
  });
  return found;
}

const skipped =
  /^TS(?!AsExpression|NonNull|Satisfies)|^(Import|ExportAll|MetaProperty|Directive|Tagged|PrivateId|Super$)/;
const skippedKeys = new Set([
  'typeAnnotation',
  'returnType',
  'typeParameters',
  'typeArguments',
  'label',
  'decorators',
]);

const noExpression = /Statement$|Declaration$|^(SpreadElement|VariableDeclarator|CatchClause|ClassBody)$/;

function visit(walk: Walk, node: Node, at: Context): void {
  if (skipped.test(node.type)) return;
  (visitors[node.type] ?? children)(walk, node, at);
}

/** Visits the children of a node without a visitor of its own. */
function children(walk: Walk, node: Node, at: Context): void {
  if (node.type === 'AwaitExpression' || node.type === 'YieldExpression') walk.found.bound.push(node.start);
  const below = under(node, at);
  const whole = node.type === 'ChainExpression' || node.type === 'AwaitExpression';
  for (const { node: child, key } of childrenOf(node)) {
    if (skippedKeys.has(key)) continue;
    if (noExpression.test(child.type)) visit(walk, child, { ...below, key, value: at.value });
    else expression(walk, child, { ...below, key, value: !whole });
  }
}

/** The context right below a node. */
function under(node: Node, at: Context): Context {
  return { ...at, under: node, value: true, role: 'plain' };
}

/** Visits an expression and records it, also as a site if it may be replaced. */
function expression(walk: Walk, node: Node, at: Context): void {
  const { found } = walk;
  found.uses.push({ node, under: at.under, key: at.key, scope: at.scope });
  const inside = bare(node);
  if (inside !== node) found.uses.push({ node: inside, under: at.under, key: at.key, scope: at.scope });
  if (at.value && !at.frozen && walk.free(node)) {
    found.sites.push({
      node: inside,
      start: node.start,
      end: node.end,
      slot: slot(at.under, at.key),
      scope: at.scope,
      role: at.role,
      under: at.under,
      key: at.key,
      type: 'unknown',
    });
  }
  visit(walk, inside, at);
}

/** Visits and records a list of statements. */
function block(walk: Walk, list: readonly Node[], at: Context): void {
  for (const node of list) {
    if (walk.free(node)) {
      walk.found.lines.push({
        node,
        scope: at.scope,
        inFunction: at.inFunction,
        drives: drives(node, at.driving),
        last: node === list.at(-1),
        loops: at.loops,
      });
    }
    visit(walk, node, at);
  }
}

/** Declares the names of a list of statements before it is walked. */
function hoist(walk: Walk, list: readonly Node[], scope: Scope): void {
  for (const { pattern, by } of list.flatMap(declaredBy)) {
    if (by.type === 'FunctionDeclaration') declare(walk, scope, pattern, 'function', 0);
    else if (by.type === 'ClassDeclaration') declare(walk, scope, pattern, 'other', by.end);
    else declare(walk, scope, pattern, 'local', by.type === 'VariableDeclarator' ? by.end : 0);
  }
}

/** Declares every name of a pattern in a scope, with its annotated type. */
function declare(walk: Walk, scope: Scope, pattern: Node, kind: Binding['kind'], from: number): void {
  const { found } = walk;
  for (const { id } of boundBy(pattern)) {
    const name: string = id.name;
    const written =
      annotated(id) ?? (kind === 'parameter' ? documented(found.text, name, id.start) : undefined);
    const type = written ?? (kind === 'function' || kind === 'other' ? 'other' : 'unknown');
    const binding: Binding = { name, kind, from, type, assigned: false, index: false };
    scope.bindings.set(name, binding);
    found.bindings.push(binding);
    found.declaredAt.set(binding, id.start);
    found.names.add(name);
  }
}

/** Visits a pattern: its defaults and computed keys hold references but no sites. */
function pattern(walk: Walk, node: Node, at: Context): void {
  for (const child of childrenOf(node)) {
    if (child.node.type === 'Identifier' && !(node.type === 'AssignmentPattern' && child.key === 'right'))
      continue;
    if (node.type === 'Property' && child.key === 'key' && !node.computed) continue;
    if (/Pattern$|Property$|RestElement/.test(child.node.type)) pattern(walk, child.node, at);
    else expression(walk, child.node, { ...at, under: node, key: child.key, value: false });
  }
}

/** Visits a target of an assignment. */
function target(walk: Walk, node: Node, at: Context): void {
  if (node.type === 'Identifier') {
    walk.found.names.add(node.name);
    walk.found.references.push({ node, scope: at.scope, write: true, shorthand: false });
  } else if (node.type === 'MemberExpression') {
    walk.found.uses.push({ node, under: at.under, key: 'target', scope: at.scope });
    visit(walk, node, { ...at, value: false });
  } else pattern(walk, node, at);
}

const receiver: Visitor = (walk, node) => {
  walk.found.bound.push(node.start);
};

const routine: Visitor = (walk, node, { under: above, scope: outer, key }) => {
  const { found } = walk;
  const scope = inner(outer);
  const at: Context = {
    under: above,
    key,
    scope,
    value: false,
    role: 'plain',
    driving: new Set(),
    loops: [],
    inFunction: true,
    frozen: false,
  };
  if (node.type === 'FunctionExpression' && node.id) declare(walk, scope, node.id, 'other', 0);
  for (const parameter of node.params) declare(walk, scope, parameter, 'parameter', 0);
  for (const parameter of node.params) pattern(walk, parameter, at);
  const held = above.type === 'VariableDeclarator' ? above.id.name : undefined;
  found.functions.push({ node, name: node.id?.name ?? held, scope });
  const body: Node | null = node.body;
  if (!body) return;
  if (body.type === 'BlockStatement') {
    if (walk.free(body)) found.routines.push({ node, name: node.id?.name, scope, returns: 'unknown' });
    hoist(walk, body.body, scope);
    block(walk, body.body, at);
  } else expression(walk, body, { ...at, under: node, key: 'body', value: true });
};

const statements: Visitor = (walk, node, at) => {
  const scope = inner(at.scope);
  hoist(walk, node.body, scope);
  block(walk, node.body, { ...under(node, at), scope });
};

/** `for (;;)`: its test and update are frozen, but its start and its bound may change. */
const forLoop: Visitor = (walk, node, outside) => {
  const scope = inner(outside.scope);
  const at = { ...under(node, outside), scope };
  if (node.init?.type === 'VariableDeclaration') {
    hoist(walk, [node.init], scope);
    for (const item of node.init.declarations) {
      walk.found.declarations.push({ target: item.id, init: item.init, scope, each: false });
      if (item.init) expression(walk, item.init, { ...at, under: item, key: 'init', role: 'bound' });
      const binding = scope.bindings.get(item.id.name);
      if (binding) binding.index = binding.assigned = true;
    }
  } else if (node.init) visit(walk, node.init, at);
  const test: Node | null = node.test;
  if (test?.type === 'BinaryExpression') {
    walk.found.uses.push({ node: test, under: node, key: 'test', scope });
    expression(walk, test.left, { ...at, under: test, key: 'left', frozen: true });
    expression(walk, test.right, { ...at, under: test, key: 'right', role: 'bound' });
  } else if (test) expression(walk, test, { ...at, key: 'test', frozen: true });
  if (node.update) expression(walk, node.update, { ...at, key: 'update', frozen: true });
  const driving = union(at.driving, new Set([...namesIn(test), ...namesIn(node.init)]));
  visit(walk, node.body, { ...at, driving, loops: [...at.loops, node] });
};

/** `for ... of`, `for ... in`. */
const forEach: Visitor = (walk, node, outside) => {
  const at = under(node, outside);
  expression(walk, node.right, { ...at, key: 'right', value: false });
  const scope = inner(at.scope);
  const left: Node = node.left;
  if (left.type === 'VariableDeclaration') {
    const id: Node = left.declarations[0].id;
    declare(walk, scope, id, 'local', node.body.start);
    const each = node.type === 'ForOfStatement';
    walk.found.declarations.push({ target: id, init: node.right, scope, each });
  } else target(walk, left, at);
  visit(walk, node.body, { ...at, scope, loops: [...at.loops, node] });
};

const whileLoop: Visitor = (walk, node, outside) => {
  const at = under(node, outside);
  expression(walk, node.test, { ...at, key: 'test', value: false, frozen: true });
  const driving = union(at.driving, namesIn(node.test));
  visit(walk, node.body, { ...at, driving, loops: [...at.loops, node] });
};

const call: Visitor = (walk, node, outside) => {
  const at = under(node, outside);
  expression(walk, node.callee, { ...at, key: 'callee', value: false });
  for (const each of node.arguments)
    expression(walk, each, { ...at, key: 'arguments', value: each.type !== 'SpreadElement' });
};

const member: Visitor = (walk, node, outside) => {
  if (!node.value) return;
  const value = node.type === 'PropertyDefinition';
  expression(walk, node.value, { ...under(node, outside), key: 'value', value });
};

const classBody: Visitor = (walk, node, at) => {
  for (const each of node.body.body) visit(walk, each, { ...under(node, at), value: false });
};

/** Visitors by node type; at other nodes the walk visits every child. */
const visitors: Readonly<Record<string, Visitor>> = {
  Program: (walk, node, at) => {
    hoist(walk, node.body, at.scope);
    block(walk, node.body, under(node, at));
  },
  BlockStatement: statements,
  StaticBlock: statements,
  FunctionDeclaration: routine,
  FunctionExpression: routine,
  ArrowFunctionExpression: routine,
  ClassDeclaration: classBody,
  ClassExpression: classBody,
  MethodDefinition: member,
  PropertyDefinition: member,
  ForStatement: forLoop,
  ForOfStatement: forEach,
  ForInStatement: forEach,
  WhileStatement: whileLoop,
  DoWhileStatement: whileLoop,
  CallExpression: call,
  NewExpression: call,
  ThisExpression: receiver,
  Super: receiver,
  Identifier: (walk, node, { scope, key }) => {
    if (node.name === 'arguments') walk.found.bound.push(node.start);
    walk.found.names.add(node.name);
    walk.found.references.push({ node, scope, write: false, shorthand: key === 'shorthand' });
  },
  SwitchStatement: (walk, node, outside) => {
    const at = under(node, outside);
    expression(walk, node.discriminant, { ...at, key: 'discriminant' });
    for (const each of node.cases) {
      const scope = inner(at.scope);
      hoist(walk, each.consequent, scope);
      block(walk, each.consequent, { ...at, scope });
    }
  },
  CatchClause: (walk, node, at) => {
    const scope = inner(at.scope);
    if (node.param) declare(walk, scope, node.param, 'other', 0);
    visit(walk, node.body, { ...under(node, at), scope });
  },
  VariableDeclarator: (walk, node, outside) => {
    const at = under(node, outside);
    walk.found.declarations.push({ target: node.id, init: node.init, scope: at.scope, each: false });
    if (node.id.type !== 'Identifier') pattern(walk, node.id, { ...at, value: false });
    if (node.init) expression(walk, node.init, { ...at, key: 'init' });
  },
  AssignmentExpression: (walk, node, outside) => {
    const at = under(node, outside);
    target(walk, node.left, { ...at, value: false });
    expression(walk, node.right, { ...at, key: 'right' });
  },
  UpdateExpression: (walk, node, at) => {
    target(walk, node.argument, { ...under(node, at), value: false });
  },
  MemberExpression: (walk, node, outside) => {
    const at = under(node, outside);
    expression(walk, node.object, { ...at, key: 'object', value: false });
    const value = outside.value || outside.key === 'object';
    if (node.computed) expression(walk, node.property, { ...at, key: 'property', role: 'index', value });
  },
  Property: (walk, node, outside) => {
    const at = under(node, outside);
    if (node.computed) expression(walk, node.key, { ...at, key: 'key', value: false });
    const key = node.shorthand ? 'shorthand' : 'value';
    expression(walk, node.value, { ...at, key, value: !node.shorthand });
  },
  ExportNamedDeclaration: (walk, node, at) => {
    if (node.declaration) visit(walk, node.declaration, under(node, at));
    // The names of `export ... from` are not of this module.
    for (const each of node.source ? [] : node.specifiers)
      walk.found.references.push({ node: each.local, scope: at.scope, write: true, shorthand: true });
  },
  ExpressionStatement: (walk, node, at) => {
    expression(walk, node.expression, { ...under(node, at), key: 'expression', value: false });
  },
};
