import type { Node } from './parse.ts';

/** What a value is taken to be; `unknown` is left alone. An `array` is one of numbers. */
export type Kind = 'number' | 'boolean' | 'array' | 'function' | 'unknown';

/** A name that can be read at some place in a program. */
export interface Name {
  readonly name: string;
  readonly kind: Kind;
  /** Whether it may be assigned to. */
  readonly mutable: boolean;
}

const typeOnly = new Set(['typeAnnotation', 'returnType', 'typeParameters', 'typeArguments', 'superTypeArguments']);

/** The nodes below a node, types aside, in the order of the tree: `[key, place in a list or -1, child]`. */
export function* childrenOf(node: Node): Generator<readonly [string, number, Node]> {
  for (const key in node) {
    const value = node[key];
    if (value === null || typeof value !== 'object' || typeOnly.has(key)) continue;
    if (Array.isArray(value)) {
      for (let i = 0; i < value.length; i++) if (value[i]?.type) yield [key, i, value[i]];
    } else if (value.type) yield [key, -1, value];
  }
}

/** Calls back for a node and all below it. */
export function walk(node: Node, see: (node: Node, parent: Node | undefined, key: string) => void): void {
  const go = (at: Node, parent: Node | undefined, key: string): void => {
    see(at, parent, key);
    for (const [k, , child] of childrenOf(at)) go(child, at, k);
  };
  go(node, undefined, '');
}

/** The identifiers that a pattern binds. */
export function boundBy(pattern: Node | null): Node[] {
  if (!pattern) return [];
  switch (pattern.type) {
    case 'Identifier':
      return [pattern];
    case 'ObjectPattern':
      return pattern['properties'].flatMap((each: Node) => boundBy(each['value'] ?? each['argument']));
    case 'ArrayPattern':
      return pattern['elements'].flatMap(boundBy);
    case 'AssignmentPattern':
      return boundBy(pattern['left']);
    case 'RestElement':
      return boundBy(pattern['argument']);
    case 'TSParameterProperty':
      return boundBy(pattern['parameter']);
    default:
      return [];
  }
}

/** Whether an identifier there is a variable, not the name of a property, label or the like. */
export function isVariable(node: Node, parent: Node | undefined, key: string): boolean {
  if (node.type !== 'Identifier') return false;
  if (key === 'property') return parent?.['computed'] === true;
  if (key === 'key') return parent?.['computed'] === true || parent?.['shorthand'] === true;
  return key !== 'label' && parent?.type !== 'MetaProperty' && parent?.type !== 'ExportSpecifier';
}

/** All the names of variables in a tree, bound ones too. */
export function namesIn(node: Node): Set<string> {
  const names = new Set<string>();
  walk(node, (at, parent, key) => {
    if (isVariable(at, parent, key)) names.add(at['name']);
  });
  return names;
}
