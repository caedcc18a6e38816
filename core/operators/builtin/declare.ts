import type { Node } from '../../code/parse.ts';
import type { Binding, Scope, Type } from './scope.ts';
import { childrenOf } from './walk.ts';

/** A declaration and where its value comes from: all of `init`, or each element of it. */
export interface Declaration {
  readonly target: Node;
  readonly init: Node | null;
  readonly scope: Scope;
  readonly each: boolean;
}

/** Puts every name of a pattern into a scope. `text` is where JSDoc is looked for, for parameters. */
export function declareAll(
  found: {
    readonly bindings: Binding[];
    readonly declaredAt: Map<Binding, number>;
    readonly names: Set<string>;
  },
  scope: Scope,
  pattern: Node,
  kind: Binding['kind'],
  from: number,
  text = '',
): void {
  if (pattern.type === 'Identifier') {
    const name: string = pattern.name;
    const type = annotated(pattern) ?? (text ? documented(text, name, pattern.start) : undefined);
    const binding: Binding = {
      name,
      kind,
      from,
      type: type ?? (kind === 'function' || kind === 'other' ? 'other' : 'unknown'),
      assigned: false,
      index: false,
    };
    scope.bindings.set(name, binding);
    found.bindings.push(binding);
    found.declaredAt.set(binding, pattern.start);
    found.names.add(name);
    return;
  }
  for (const child of childrenOf(pattern)) {
    if (pattern.type === 'Property' && child.key === 'key') continue;
    if (pattern.type === 'AssignmentPattern' && child.key === 'right') continue;
    if (/Pattern$|^Property$|^RestElement$|^Identifier$|^TSParameterProperty$/.test(child.node.type)) {
      declareAll(found, scope, child.node, kind, from, text);
    }
  }
}

function annotated(node: Node): Type | undefined {
  const type: Node | undefined = node.typeAnnotation?.typeAnnotation;
  return type && fromAnnotation(type);
}

function fromAnnotation(type: Node): Type {
  if (type.type === 'TSNumberKeyword') return 'number';
  if (type.type === 'TSBooleanKeyword') return 'boolean';
  const element: Node | undefined =
    type.type === 'TSArrayType'
      ? type.elementType
      : type.type === 'TSTypeOperator'
        ? undefined
        : /Array$/.test(type.typeName?.name ?? '')
          ? type.typeArguments?.params[0]
          : undefined;
  if (type.type === 'TSTypeOperator') return fromAnnotation(type.typeAnnotation);
  if (/^(Float|Int|Uint)\d/.test(type.typeName?.name ?? '')) return 'array';
  const of = element && fromAnnotation(element);
  return of === 'number' ? 'array' : of === 'array' ? 'matrix' : 'other';
}

/** `@param {number[]} name` in the comment before. */
function documented(text: string, name: string, before: number): Type | undefined {
  const comment = text.slice(text.lastIndexOf('/**', before), before);
  const plain = name.replaceAll('$', '\\$');
  const type = new RegExp(`@param\\s*\\{([^}]*)\\}\\s*\\[?${plain}\\b`)
    .exec(comment)?.[1]
    ?.replace(/\s|readonly/g, '');
  if (type === undefined) return undefined;
  if (type === 'number' || type === 'boolean') return type;
  if (/^(number\[\]|Array<number>|Float64Array)$/.test(type)) return 'array';
  return /^(number\[\]\[\]|Array<(number\[\]|Array<number>)>)$/.test(type) ? 'matrix' : 'other';
}
