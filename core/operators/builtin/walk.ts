import type { Node } from '../../code/parse.ts';

/** The nodes right below a node, with the key each hangs on. */
export function childrenOf(node: Node): { readonly node: Node; readonly key: string }[] {
  const result: { node: Node; key: string }[] = [];
  for (const key in node) {
    const value = node[key];
    if (value === null || typeof value !== 'object') continue;
    if (Array.isArray(value)) {
      for (const each of value) if (typeof each?.type === 'string') result.push({ node: each, key });
    } else if (typeof value.type === 'string') result.push({ node: value, key });
  }
  return result;
}

/** Every identifier at or below a node, keys of properties among them. */
export function namesIn(node: Node | null): ReadonlySet<string> {
  const names = new Set<string>();
  const visit = (each: Node): void => {
    if (each.type === 'Identifier') names.add(each.name);
    for (const child of childrenOf(each)) visit(child.node);
  };
  if (node) visit(node);
  return names;
}

/** Whether a node is, or holds, one of these types. */
export function holds(node: Node, types: RegExp): boolean {
  return types.test(node.type) || childrenOf(node).some((child) => holds(child.node, types));
}

/** Whether a statement ends a loop around it or changes what its test reads. */
export function drives(node: Node, driving: ReadonlySet<string>): boolean {
  if (driving.size === 0) return false;
  return holds(node, /^(Break|Return)Statement$/) || changes(node, driving);
}

/** Whether something in a node writes to one of these names, or calls a method of it. */
export function changes(node: Node, names: ReadonlySet<string>): boolean {
  const target: Node | undefined =
    node.type === 'AssignmentExpression'
      ? node.left
      : node.type === 'UpdateExpression'
        ? node.argument
        : undefined;
  if (target && [...namesIn(target)].some((name) => names.has(name))) return true;
  if (node.type === 'CallExpression' && node.callee.type === 'MemberExpression') {
    if (names.has(node.callee.object.name)) return true;
  }
  return childrenOf(node).some((child) => changes(child.node, names));
}

/** All of both. */
export function union<T>(a: ReadonlySet<T>, b: ReadonlySet<T>): ReadonlySet<T> {
  return a.size === 0 ? b : new Set([...a, ...b]);
}
