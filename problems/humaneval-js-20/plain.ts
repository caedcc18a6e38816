import type { Node } from '../../core/languages/javascript/parse.ts';

/** What a node that is plain data stands for: a text, a finite number, a boolean, null, or a list or table of such. */
export function plain(node: Node): { readonly value: unknown } | undefined {
  switch (node.type) {
    case 'ParenthesizedExpression':
      return plain(node.expression);
    case 'Literal':
      return isPlain(node) ? { value: node.value } : undefined;
    case 'UnaryExpression': {
      const inner = node.operator === '-' ? plain(node.argument) : undefined;
      return typeof inner?.value === 'number' ? { value: 0 - inner.value } : undefined;
    }
    case 'ArrayExpression':
      return all(node.elements, (each) => each && plain(each));
    case 'ObjectExpression': {
      const pairs = all(node.properties, pair);
      return pairs && { value: Object.fromEntries(pairs.value as [string, unknown][]) };
    }
  }
  return undefined;
}

/** Neither a regular expression nor a big integer, which have a null or a bigint for a value. */
function isPlain({ value, raw }: Node): boolean {
  return typeof value === 'number'
    ? Number.isFinite(value)
    : /^(string|boolean)$/.test(typeof value) || raw === 'null';
}

function pair(node: Node): { readonly value: [string, unknown] } | undefined {
  if (node.type !== 'Property' || node.kind !== 'init' || node.computed || node.method) return undefined;
  const key: unknown = node.key.type === 'Identifier' ? node.key.name : node.key.value;
  const value = plain(node.value);
  // In a literal this key is a prototype and no data.
  return value && key !== '__proto__' ? { value: [String(key), value.value] } : undefined;
}

function all(
  nodes: readonly Node[],
  read: (node: Node) => { readonly value: unknown } | undefined | null,
): { readonly value: unknown[] } | undefined {
  const values: unknown[] = [];
  for (const node of nodes) {
    const found = read(node);
    if (!found) return undefined;
    values.push(found.value);
  }
  return { value: values };
}

/** Whether two pieces of JSON data are the same, in whatever order their keys are. */
export function alike(a: unknown, b: unknown): boolean {
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return a === b;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const keys = Object.keys(a);
  if (keys.length !== Object.keys(b).length) return false;
  return keys.every((key) => Object.hasOwn(b, key) && alike((a as any)[key], (b as any)[key]));
}
