import type { Node } from '../../code/parse.ts';
import { declareAll } from './declare.ts';
import type { Place, Walk } from './place.ts';
import type { Scope } from './scope.ts';
import { childrenOf } from './walk.ts';

/** The names a list of statements declares are known before it is walked. */
export function hoist(walk: Walk, list: readonly Node[], scope: Scope): void {
  for (const each of list) {
    const node: Node = each.declaration ?? each;
    if (node.type === 'FunctionDeclaration' && node.id) {
      declareAll(walk.found, scope, node.id, 'function', 0);
    } else if (node.type === 'VariableDeclaration') {
      for (const item of node.declarations) declareAll(walk.found, scope, item.id, 'local', item.end);
    } else if (node.type === 'ClassDeclaration') {
      if (node.id) declareAll(walk.found, scope, node.id, 'other', node.end);
    } else if (node.type === 'ImportDeclaration') {
      for (const item of node.specifiers) declareAll(walk.found, scope, item.local, 'local', 0);
    }
  }
}

/** Defaults and computed keys in a pattern hold references but nothing to replace. */
export function pattern(walk: Walk, node: Node, place: Place): void {
  for (const child of childrenOf(node)) {
    if (child.node.type === 'Identifier' && !(node.type === 'AssignmentPattern' && child.key === 'right'))
      continue;
    if (node.type === 'Property' && child.key === 'key' && !node.computed) continue;
    if (/Pattern$|Property$|RestElement/.test(child.node.type)) pattern(walk, child.node, place);
    else walk.expression(child.node, { ...place, under: node, key: child.key, value: false });
  }
}

/** What is written to. */
export function target(walk: Walk, node: Node, place: Place): void {
  if (node.type === 'Identifier') {
    walk.found.names.add(node.name);
    walk.found.references.push({ node, scope: place.scope, write: true, shorthand: false });
  } else if (node.type === 'MemberExpression') {
    walk.found.uses.push({ node, under: place.under, key: 'target', scope: place.scope });
    walk.visit(node, { ...place, value: false });
  } else pattern(walk, node, place);
}
