import { resolve } from '../bindings.ts';
import { interpret, type Lookup, type Steps, undeclared, unknown } from '../interpret.ts';
import type { Node } from '../parse.ts';
import type { Analysis, Binding, Declaration, Scope } from './analysis/types.ts';

/** Where the values of a program's names come from, for those that never change. */
interface Sources {
  /** Parameters of the entry, by place. */
  readonly places: ReadonlyMap<Binding, number>;
  readonly declared: ReadonlyMap<Binding, Declaration>;
  /** Names of data that something may write into. */
  readonly changed: ReadonlySet<Binding>;
}

const cache = new WeakMap<Analysis, Sources>();

/** Matches a call of a method that does not change its array. */
const harmless =
  /^(at|concat|entries|every|filter|find|findIndex|flat|flatMap|forEach|includes|indexOf|join|keys|map|reduce|slice|some|toSorted|values)$/;

/** Longest chain of names that is followed, each defined by the next. */
const deepest = 50;

/** One call of a program's entry: the values of names during it, as far as reading can tell. */
export class Call {
  readonly #sources: Sources;
  readonly #given: readonly unknown[];
  readonly #steps: Steps;
  #depth = 0;
  readonly #values = new Map<Binding, unknown>();

  constructor(program: Analysis, entry: string, given: readonly unknown[], steps: Steps) {
    this.#sources = sourcesOf(program, entry);
    this.#given = given;
    this.#steps = steps;
  }

  /**
   * The value of an expression that stands, or would stand, in a scope of the program; `names`: values that replace
   * those of some names.
   */
  value(node: Node, scope: Scope, offset: number, names: ReadonlyMap<string, string> = none): unknown {
    const lookup: Lookup = (name) => {
      const [root, ...path] = (names.get(name) ?? name).split('.') as [string, ...string[]];
      let value = this.#read(root, scope, offset);
      for (const key of path) {
        const holds = typeof value === 'object' && value !== null && Object.hasOwn(value, key);
        value = holds ? (value as Record<string, unknown>)[key] : unknown;
      }
      return value;
    };
    return interpret(node, lookup, this.#steps);
  }

  #read(name: string, scope: Scope, offset: number): unknown {
    const binding = resolve(name, scope);
    if (!binding) return undeclared;
    if (binding.assigned || binding.from > offset) return unknown;
    if (!this.#values.has(binding)) {
      // A name whose value depends on itself has none.
      this.#values.set(binding, unknown);
      this.#depth++;
      if (this.#depth <= deepest) this.#values.set(binding, this.#worth(binding));
      this.#depth--;
    }
    return this.#values.get(binding);
  }

  #worth(binding: Binding): unknown {
    const { places, declared, changed } = this.#sources;
    const place = places.get(binding);
    const from = declared.get(binding);
    const value =
      place !== undefined
        ? this.#given[place]
        : from?.init
          ? this.value(from.init, from.scope, from.init.start)
          : unknown;
    return typeof value === 'object' && changed.has(binding) ? unknown : value;
  }
}

const none: ReadonlyMap<string, string> = new Map();

function sourcesOf(program: Analysis, entry: string): Sources {
  const known = cache.get(program);
  if (known) return known;
  const places = new Map<Binding, number>();
  const main = program.functions.find((each) => each.name === entry);
  main?.node.params.forEach((each: Node, i: number) => {
    const binding = each.type === 'Identifier' ? main.scope.bindings.get(each.name) : undefined;
    if (binding) places.set(binding, i);
  });
  const declared = new Map<Binding, Declaration>();
  for (const each of program.declarations) {
    if (each.each || each.target.type !== 'Identifier') continue;
    const binding = resolve(each.target.name, each.scope);
    if (binding) declared.set(binding, each);
  }
  const sources = { places, declared, changed: changedIn(program) };
  cache.set(program, sources);
  return sources;
}

function changedIn(program: Analysis): ReadonlySet<Binding> {
  const changed = new Set<Binding>();
  const mark = (node: Node, scope: Scope): void => {
    let root = node;
    while (root.type === 'MemberExpression') root = root.object;
    const binding = root.type === 'Identifier' ? resolve(root.name, scope) : undefined;
    if (binding) changed.add(binding);
  };
  for (const { node, under, key, scope } of program.uses) {
    if (node.type === 'MemberExpression') {
      const writes = key === 'target' || under.operator === 'delete';
      const calls = key === 'callee' && (node.computed || !harmless.test(node.property.name));
      if (writes || calls) mark(node, scope);
    } else if (node.type === 'Identifier') {
      // Through an alias, or in another function, it may be changed.
      const reads =
        (under.type === 'MemberExpression' && key === 'object') || /^ForOf|^Spread/.test(under.type);
      if (!reads) mark(node, scope);
    }
  }
  return changed;
}
