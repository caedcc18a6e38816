import { visitorKeys } from 'oxc-parser';
import type { Node } from './parse.ts';

/** A node and the key of its parent that it hangs on. */
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

/** Calls `enter` with a node and with every node below it, parents first; `parent` is undefined for the node itself. */
export function walk(node: Node, enter: (node: Node, parent: Node | undefined) => void, parent?: Node): void {
  enter(node, parent);
  for (const child of childrenOf(node)) walk(child.node, enter, node);
}

/** Whether a node or one below it passes a test. */
export function contains(node: Node, test: (node: Node) => boolean): boolean {
  return test(node) || childrenOf(node).some((child) => contains(child.node, test));
}
