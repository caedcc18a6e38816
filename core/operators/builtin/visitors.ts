import type { Node } from '../../code/parse.ts';
import { declareAll } from './declare.ts';
import { forLoop, forOf } from './loops.ts';
import { hoist, pattern, target } from './names.ts';
import { type Place, under, type Visitor, type Walk } from './place.ts';
import { inner } from './scope.ts';
import { namesIn, union } from './walk.ts';

const thisExpression: Visitor = (walk, node) => {
  walk.found.bound.push(node.start);
};

const functionDeclaration: Visitor = (walk, node, place) => {
  routine(walk, node, place);
};
const blockStatement: Visitor = (walk, node, place) => {
  const at = under(node, place);
  const scope = inner(place.scope);
  hoist(walk, node.body, scope);
  walk.block(node.body, { ...at, scope });
};
const forOfStatement: Visitor = (walk, node, place) => {
  const at = under(node, place);
  forOf(walk, node, at);
};
const whileStatement: Visitor = (walk, node, place) => {
  const at = under(node, place);
  const fixed = { ...under(node, place), value: false };
  walk.expression(node.test, { ...fixed, key: 'test', frozen: true });
  const driving = union(place.driving, namesIn(node.test));
  walk.visit(node.body, { ...at, driving, loops: [...at.loops, node] });
};
const callExpression: Visitor = (walk, node, place) => {
  const at = under(node, place);
  const fixed = { ...under(node, place), value: false };
  walk.expression(node.callee, { ...fixed, key: 'callee' });
  for (const each of node.arguments)
    walk.expression(each, { ...at, key: 'arguments', value: each.type !== 'SpreadElement' });
};
const methodDefinition: Visitor = (walk, node, place) => {
  const at = under(node, place);
  if (node.value)
    walk.expression(node.value, { ...at, key: 'value', value: node.type === 'PropertyDefinition' });
};
const classDeclaration: Visitor = (walk, node, place) => {
  const fixed = { ...under(node, place), value: false };
  for (const each of node.body.body) walk.visit(each, fixed);
};

/** What the walk does at nodes of each type; at all others it goes on to every child. */
export const visitors: Readonly<Record<string, Visitor>> = {
  Identifier: (walk, node, place) => {
    if (node.name === 'arguments') walk.found.bound.push(node.start);
    walk.found.names.add(node.name);
    walk.found.references.push({
      node,
      scope: place.scope,
      write: false,
      shorthand: place.key === 'shorthand',
    });
  },
  ThisExpression: thisExpression,
  Super: thisExpression,
  FunctionDeclaration: functionDeclaration,
  FunctionExpression: functionDeclaration,
  ArrowFunctionExpression: functionDeclaration,
  BlockStatement: blockStatement,
  StaticBlock: blockStatement,
  Program: (walk, node, place) => {
    const at = under(node, place);
    hoist(walk, node.body, place.scope);
    walk.block(node.body, at);
  },
  SwitchStatement: (walk, node, place) => {
    const at = under(node, place);
    walk.expression(node.discriminant, { ...at, key: 'discriminant' });
    for (const each of node.cases) {
      const scope = inner(place.scope);
      hoist(walk, each.consequent, scope);
      walk.block(each.consequent, { ...at, scope });
    }
  },
  ForStatement: (walk, node, place) => {
    const at = under(node, place);
    forLoop(walk, node, at);
  },
  ForOfStatement: forOfStatement,
  ForInStatement: forOfStatement,
  WhileStatement: whileStatement,
  DoWhileStatement: whileStatement,
  CatchClause: (walk, node, place) => {
    const at = under(node, place);
    const scope = inner(place.scope);
    if (node.param) declareAll(walk.found, scope, node.param, 'other', 0);
    walk.visit(node.body, { ...at, scope });
  },
  VariableDeclarator: (walk, node, place) => {
    const at = under(node, place);
    const fixed = { ...under(node, place), value: false };
    walk.found.declarations.push({ target: node.id, init: node.init, scope: place.scope, each: false });
    if (node.id.type !== 'Identifier') pattern(walk, node.id, fixed);
    if (node.init) walk.expression(node.init, { ...at, key: 'init' });
  },
  AssignmentExpression: (walk, node, place) => {
    const at = under(node, place);
    const fixed = { ...under(node, place), value: false };
    target(walk, node.left, fixed);
    walk.expression(node.right, { ...at, key: 'right' });
  },
  UpdateExpression: (walk, node, place) => {
    const fixed = { ...under(node, place), value: false };
    target(walk, node.argument, fixed);
  },
  MemberExpression: (walk, node, place) => {
    const at = under(node, place);
    const fixed = { ...under(node, place), value: false };
    walk.expression(node.object, { ...fixed, key: 'object' });
    if (node.computed)
      walk.expression(node.property, {
        ...at,
        key: 'property',
        role: 'index',
        value: place.value || place.key === 'object',
      });
  },
  CallExpression: callExpression,
  NewExpression: callExpression,
  Property: (walk, node, place) => {
    const at = under(node, place);
    const fixed = { ...under(node, place), value: false };
    if (node.computed) walk.expression(node.key, { ...fixed, key: 'key' });
    walk.expression(node.value, {
      ...at,
      key: node.shorthand ? 'shorthand' : 'value',
      value: !node.shorthand,
    });
  },
  MethodDefinition: methodDefinition,
  PropertyDefinition: methodDefinition,
  ClassDeclaration: classDeclaration,
  ClassExpression: classDeclaration,
  ExportNamedDeclaration: (walk, node, place) => {
    const at = under(node, place);
    if (node.declaration) walk.visit(node.declaration, at);
    // Of `export ... from`, the names mean nothing here.
    for (const each of node.source ? [] : node.specifiers)
      walk.found.references.push({ node: each.local, scope: place.scope, write: true, shorthand: true });
  },
  ExpressionStatement: (walk, node, place) => {
    const fixed = { ...under(node, place), value: false };
    walk.expression(node.expression, { ...fixed, key: 'expression' });
  },
};

function routine(walk: Walk, node: Node, place: Place): void {
  const scope = inner(place.scope);
  const at = {
    ...place,
    scope,
    value: false,
    role: 'plain' as const,
    driving: new Set<string>(),
    loops: [],
    inFunction: true,
    frozen: false,
  };
  if (node.type === 'FunctionExpression' && node.id) declareAll(walk.found, scope, node.id, 'other', 0);
  for (const parameter of node.params)
    declareAll(walk.found, scope, parameter, 'parameter', 0, walk.found.text);
  for (const parameter of node.params) pattern(walk, parameter, at);
  const held = place.under.type === 'VariableDeclarator' ? place.under.id.name : undefined;
  walk.found.functions.push({ node, name: node.id?.name ?? held, scope });
  const body: Node | null = node.body;
  if (!body) return;
  if (body.type === 'BlockStatement') {
    if (walk.free(body)) walk.found.routines.push({ node, name: node.id?.name, scope, returns: 'unknown' });
    hoist(walk, body.body, scope);
    walk.block(body.body, at);
  } else walk.expression(body, { ...at, under: node, key: 'body', value: true });
}
