import { type VisitorObject, visitorKeys } from 'oxc-parser';
import type { Node } from './parse.ts';

/** A node and the key of its parent that holds it. */
export interface Child {
  readonly node: Node;
  readonly key: string;
}

/** The nodes right below a node, in the order of the parser's `visitorKeys`. */
export function childrenOf(node: Node): Child[] {
  const result: Child[] = [];
  for (const key of visitorKeys[node.type]!) {
    const value: Node | null | undefined | readonly (Node | null)[] = node[key];
    if (!value) continue;
    if (Array.isArray(value)) {
      for (const each of value) if (each) result.push({ node: each, key });
    } else result.push({ node: value as Node, key });
  }
  return result;
}

/** The same nodes without their keys. */
export function nodesBelow(node: Node): Node[] {
  const result: Node[] = [];
  for (const key of visitorKeys[node.type]!) {
    const value: Node | null | undefined | readonly (Node | null)[] = node[key];
    if (!value) continue;
    if (Array.isArray(value)) {
      for (const each of value) if (each) result.push(each);
    } else result.push(value as Node);
  }
  return result;
}

/** Calls `enter` with a node and with every node below it, parents first; `parent` is undefined for the node itself. */
export function walk(node: Node, enter: (node: Node, parent: Node | undefined) => void, parent?: Node): void {
  enter(node, parent);
  for (const child of nodesBelow(node)) walk(child, enter, node);
}

/** Whether a node or one below it passes a test. */
export function contains(node: Node, test: (node: Node) => boolean): boolean {
  return test(node) || nodesBelow(node).some((child) => contains(child, test));
}

/** Handlers for a `Visitor` that keep count of the functions around the node that it is at, and that count. */
export function functionsAround(): { readonly handlers: VisitorObject; readonly count: () => number } {
  let count = 0;
  const enter = (): void => {
    count++;
  };
  const exit = (): void => {
    count--;
  };
  const handlers = {
    FunctionDeclaration: enter,
    'FunctionDeclaration:exit': exit,
    FunctionExpression: enter,
    'FunctionExpression:exit': exit,
    ArrowFunctionExpression: enter,
    'ArrowFunctionExpression:exit': exit,
  };
  return { handlers, count: () => count };
}
