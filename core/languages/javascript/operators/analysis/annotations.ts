import type { Node } from '../../parse.ts';
import type { Type } from './types.ts';

/** The type that a TypeScript annotation gives the value of a pattern. */
export function annotated(node: Node): Type | undefined {
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

/** The type that `@param {number[]} name` in the comment before an offset gives a parameter. */
export function documented(text: string, name: string, before: number): Type | undefined {
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
