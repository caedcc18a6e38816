import type { Node } from '../../core/languages/javascript/parse.ts';
import { walk } from '../../core/languages/javascript/walk.ts';
import { Refusal } from './refusal.ts';

/** What a name stands for. Arrays and functions are no values: they can be used where they are, not kept or compared. */
export type Kind = 'number' | 'array' | 'function';

/** Typed arrays by name, with the bytes of an element. None of big integers, whose length has no bound. */
export const arrays: Readonly<Record<string, number>> = {
  Int8Array: 1,
  Uint8Array: 1,
  Uint8ClampedArray: 1,
  Int16Array: 2,
  Uint16Array: 2,
  Int32Array: 4,
  Uint32Array: 4,
  Float32Array: 4,
  Float64Array: 8,
};

/** Of `Math`, what takes numbers and a fixed time. */
export const functions: ReadonlySet<string> = new Set(
  'abs cbrt ceil clz32 cos exp floor fround imul log log10 log2 max min pow round sign sin sqrt tan trunc'.split(
    ' ',
  ),
);

/** Numbers that have a name of their own. */
export const numbers: ReadonlySet<string> = new Set(['NaN', 'Infinity']);

const taken = new Set([...Object.keys(arrays), ...numbers, 'Math', 'undefined', 'arguments', 'eval']);

/** Names in reach. A name has one meaning throughout a function: nothing hides what is declared further out. */
export class Scope {
  readonly #names = new Map<string, Kind>();
  readonly #outer: Scope | undefined;

  constructor(outer?: Scope) {
    this.#outer = outer;
  }

  /** @throws Refusal for a name that is in use, or that a program may not have. */
  declare(id: Node, kind: Kind): void {
    if (id.type !== 'Identifier') throw new Refusal(`expected a plain name, got ${id.type}`, id);
    const { name } = id;
    // `$` begins the names of the counter: escapes are resolved by now.
    if (!/^[A-Za-z_]\w*$/.test(name) || taken.has(name)) {
      throw new Refusal(
        `expected a name of letters, digits and _ that is not the language's own, got ${name}`,
        id,
      );
    }
    if (this.kindOf(name)) throw new Refusal(`expected a name that is not in use, got ${name} again`, id);
    this.#names.set(name, kind);
  }

  kindOf(name: string): Kind | undefined {
    return this.#names.get(name) ?? this.#outer?.kindOf(name);
  }
}

/** Which parameters of each function are arrays: those that are indexed, or passed on as one. */
export function arrayParameters(declarations: readonly Node[]): ReadonlyMap<string, readonly boolean[]> {
  const found = new Map<string, boolean[]>(
    declarations.map(({ id, params }) => [id.name, params.map(() => false)]),
  );
  for (let changed = true; changed; ) {
    changed = false;
    for (const { id, params, body } of declarations) {
      const mine = found.get(id.name)!;
      const names: string[] = params.map((each: Node) => each.name);
      walk(body, (node) => {
        for (const name of usedAsArray(node, found)) {
          const at = names.indexOf(name);
          if (at < 0 || mine[at]) continue;
          mine[at] = true;
          changed = true;
        }
      });
    }
  }
  return found;
}

/** Names that a node uses as arrays. */
function usedAsArray(node: Node, found: ReadonlyMap<string, readonly boolean[]>): string[] {
  if (node.type === 'MemberExpression') return [node.object.name];
  if (node.type !== 'CallExpression') return [];
  const wanted = found.get(node.callee.name) ?? [];
  return node.arguments.filter((_: Node, k: number) => wanted[k]).map((each: Node) => each.name);
}
