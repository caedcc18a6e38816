import { resolve } from '../../bindings.ts';
import type { Binding, Scope, Site, Type } from './types.ts';

/** A scope inside another. */
export function inner(parent: Scope | undefined): Scope {
  return { parent, bindings: new Map() };
}

/** Every name that may be read at an offset in a scope, nearest first, without hidden or later names. */
export function visible(scope: Scope, offset: number): Binding[] {
  const result: Binding[] = [];
  const met = new Set<string>();
  for (let at: Scope | undefined = scope; at; at = at.parent) {
    for (const binding of at.bindings.values()) {
      if (met.has(binding.name)) continue;
      met.add(binding.name);
      if (binding.from <= offset) result.push(binding);
    }
  }
  return result;
}

/** Whether a scope is another, or inside it. */
export function within(scope: Scope, outer: Scope): boolean {
  for (let at: Scope | undefined = scope; at; at = at.parent) if (at === outer) return true;
  return false;
}

/** Records the type that a use or an annotation of a name implies; the first known type stands. */
export function learn(binding: Binding | undefined, type: Type): void {
  if (!binding || type === 'unknown') return;
  if (binding.type === 'unknown' || (binding.type === 'array' && type === 'matrix')) binding.type = type;
}

/** Whether a site reads a parameter. */
export function isParameter(site: Site): boolean {
  return site.node.type === 'Identifier' && resolve(site.node.name, site.scope)?.kind === 'parameter';
}
