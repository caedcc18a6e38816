/** What a value is, as far as a crude reading of the program tells. `array` holds numbers, `matrix` arrays of them. */
export type Type = 'number' | 'boolean' | 'array' | 'matrix' | 'other' | 'unknown';

/** A name and where it means what. */
export interface Binding {
  readonly name: string;
  readonly kind: 'parameter' | 'local' | 'function' | 'other';
  /** Offset from which it may be read: a `const` read earlier throws. */
  readonly from: number;
  /** Known from a type or JSDoc annotation, or inferred from use. */
  type: Type;
  /** Written after its declaration. */
  assigned: boolean;
  /** Counts or indexes: whole and small. */
  index: boolean;
}

/** A stretch of text with names of its own. */
export interface Scope {
  readonly parent: Scope | undefined;
  readonly bindings: Map<string, Binding>;
}

/** A scope inside another. */
export function inner(parent: Scope | undefined): Scope {
  return { parent, bindings: new Map() };
}

/** What a name means in a scope; undefined for a global. */
export function resolve(name: string, scope: Scope): Binding | undefined {
  for (let at: Scope | undefined = scope; at; at = at.parent) {
    const found = at.bindings.get(name);
    if (found) return found;
  }
  return undefined;
}

/** Every name that may be read at an offset in a scope, nearest first; a hidden or later name is not among them. */
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

/** Takes in what a use of a name, or an annotation, tells of it; the first clear word stands. */
export function learn(binding: Binding | undefined, type: Type): void {
  if (!binding || type === 'unknown') return;
  if (binding.type === 'unknown' || (binding.type === 'array' && type === 'matrix')) binding.type = type;
}
