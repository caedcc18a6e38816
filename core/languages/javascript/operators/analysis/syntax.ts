import type { Node } from '../../parse.ts';
import { contains, walk } from '../../walk.ts';
import type { Site } from './types.ts';

/** A node without the parentheses around it. */
export function bare(node: Node): Node {
  return node.type === 'ParenthesizedExpression' ? bare(node.expression) : node;
}

/** The number that a literal node states, with its sign; undefined for other nodes. */
export function numeralOf(node: Node): number | undefined {
  if (node.type === 'UnaryExpression' && node.operator === '-') {
    const value = numeralOf(node.argument);
    return value === undefined ? undefined : -value;
  }
  return node.type === 'Literal' && typeof node.value === 'number' ? node.value : undefined;
}

/** Every identifier at or below a node, keys of properties among them. */
export function namesIn(node: Node | null): ReadonlySet<string> {
  const names = new Set<string>();
  if (node)
    walk(node, (each) => {
      if (each.type === 'Identifier') names.add(each.name);
    });
  return names;
}

/** Whether a node or one below it has one of these types. */
export function holds(node: Node, types: RegExp): boolean {
  return contains(node, (each) => types.test(each.type));
}

/** Whether a statement ends a loop around it or changes what its test reads. */
export function drives(node: Node, driving: ReadonlySet<string>): boolean {
  if (driving.size === 0) return false;
  return holds(node, /^(Break|Return)Statement$/) || changes(node, driving);
}

/** Whether something in a node writes to one of these names, or calls a method of it. */
export function changes(node: Node, names: ReadonlySet<string>): boolean {
  return contains(node, (each) => {
    const target: Node | undefined =
      each.type === 'AssignmentExpression'
        ? each.left
        : each.type === 'UpdateExpression'
          ? each.argument
          : undefined;
    if (target && !namesIn(target).isDisjointFrom(names)) return true;
    return (
      each.type === 'CallExpression' &&
      each.callee.type === 'MemberExpression' &&
      names.has(each.callee.object.name)
    );
  });
}

/** The union of both. */
export function union<T>(a: ReadonlySet<T>, b: ReadonlySet<T>): ReadonlySet<T> {
  return a.size === 0 ? b : new Set([...a, ...b]);
}

/** Whether a site is a number that a function returns: a whole formula. */
export function isResult({ type, role, under }: Site): boolean {
  return type === 'number' && role === 'plain' && under.type === 'ReturnStatement';
}
