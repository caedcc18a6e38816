import type { Grammar, Kind } from './grammar.ts';
import type { Place } from './place.ts';

/** Maximum depth of an expression. */
export const maxDepth = 7;

/** The state in which one production is chosen: its parent, its left sibling and its depth. */
export interface DecisionState {
  readonly kind: Kind;
  readonly above: number;
  readonly slot: number;
  readonly left: number;
  /** The grandparent and the production sampled last; -1 for none. */
  readonly over: number;
  readonly before: number;
  readonly depth: number;
  /** Whether it is inside the body of a sum over an array. */
  readonly body: boolean;
}

/** Chooses a production in a state, and the constant of a production that has one. */
export interface Chooser {
  production(state: DecisionState, allowed: readonly number[]): number;
  amount(state: DecisionState, production: number): number;
}

/** A sampled expression. */
export interface Tree {
  readonly production: number;
  readonly amount?: number;
  readonly below: readonly Tree[];
}

/** Numbers of the productions that are allowed in a state; never empty. */
function allowedAt(grammar: Grammar, place: Place, state: DecisionState): number[] {
  const closed = new Set(place.closed);
  const room = maxDepth - state.depth;
  return grammar.productions.flatMap(({ kind, below, only }, i) => {
    if (kind !== state.kind || closed.has(i)) return [];
    // A test compares numbers, so it needs at least one level more than a number.
    if (kind === 'number' ? below.length > 0 && room < 1 : below[0] === 'boolean' && room < 2) return [];
    if (only === 'old' && !(place.old && state.depth > 0 && kind === place.kind)) return [];
    if (only === 'numeral' && !(place.numeral && state.depth === 0)) return [];
    return only === 'body' && !state.body ? [] : [i];
  });
}

/** Builds an expression of the grammar top down, left to right; every sequence of choices is valid. */
export function grow(grammar: Grammar, place: Place, chooser: Chooser): Tree {
  const known = new Map<number, readonly number[]>();
  const allowed = (state: DecisionState): readonly number[] => {
    const key = state.depth * 4 + (state.kind === 'number' ? 2 : 0) + (state.body ? 1 : 0);
    const list = known.get(key) ?? allowedAt(grammar, place, state);
    known.set(key, list);
    return list;
  };
  let before = -1;
  const at = (state: DecisionState): Tree => {
    const production = chooser.production(state, allowed(state));
    const { below, draws, name } = grammar.productions[production]!;
    const amount = draws ? chooser.amount(state, production) : undefined;
    before = production;
    let left = -1;
    const trees = below.map((kind, slot) => {
      const body = state.body || name.startsWith('sum ');
      const tree = at({
        kind,
        above: production,
        slot,
        left,
        over: state.above,
        before,
        depth: state.depth + 1,
        body,
      });
      left = tree.production;
      return tree;
    });
    return { production, ...(amount === undefined ? {} : { amount }), below: trees };
  };
  const { kind, above, slot, left } = place;
  return at({ kind, above, slot, left, over: -1, before, depth: 0, body: false });
}
