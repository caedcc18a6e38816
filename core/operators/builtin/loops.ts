import type { Node } from '../../code/parse.ts';
import { declareAll } from './declare.ts';
import { hoist, target } from './names.ts';
import type { Place, Walk } from './place.ts';
import { inner } from './scope.ts';
import { namesIn, union } from './walk.ts';

/** `for (;;)`: what ends it is left alone, but its start and its bound may move. */
export function forLoop(walk: Walk, node: Node, at: Place): void {
  const scope = inner(at.scope);
  const place = { ...at, scope };
  if (node.init?.type === 'VariableDeclaration') {
    hoist(walk, [node.init], scope);
    for (const item of node.init.declarations) {
      walk.found.declarations.push({ target: item.id, init: item.init, scope, each: false });
      if (item.init) walk.expression(item.init, { ...place, under: item, key: 'init', role: 'bound' });
      const binding = scope.bindings.get(item.id.name);
      if (binding) binding.index = binding.assigned = true;
    }
  } else if (node.init) walk.visit(node.init, place);
  const test: Node | null = node.test;
  if (test?.type === 'BinaryExpression') {
    walk.found.uses.push({ node: test, under: node, key: 'test', scope });
    walk.expression(test.left, { ...place, under: test, key: 'left', frozen: true });
    walk.expression(test.right, { ...place, under: test, key: 'right', role: 'bound' });
  } else if (test) walk.expression(test, { ...place, key: 'test', frozen: true });
  if (node.update) walk.expression(node.update, { ...place, key: 'update', frozen: true });
  const driving = union(at.driving, new Set([...namesIn(test), ...namesIn(node.init)]));
  walk.visit(node.body, { ...place, driving, loops: [...at.loops, node] });
}

/** `for ... of`, `for ... in`. */
export function forOf(walk: Walk, node: Node, at: Place): void {
  walk.expression(node.right, { ...at, key: 'right', value: false });
  const scope = inner(at.scope);
  const left: Node = node.left;
  if (left.type === 'VariableDeclaration') {
    const id: Node = left.declarations[0].id;
    declareAll(walk.found, scope, id, 'local', node.body.start);
    walk.found.declarations.push({
      target: id,
      init: node.right,
      scope,
      each: node.type === 'ForOfStatement',
    });
  } else target(walk, left, at);
  walk.visit(node.body, { ...at, scope, loops: [...at.loops, node] });
}
