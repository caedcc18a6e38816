import type { Scope as Chain } from '../../bindings.ts';
import type { Node } from '../../parse.ts';

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
export type Scope = Chain<Binding>;

/** An expression that may be replaced by another of its type. */
export interface Site {
  readonly node: Node;
  /** Stretch to replace, parentheses around the expression included. */
  readonly start: number;
  readonly end: number;
  /** Least level of what may stand there without parentheses. */
  readonly slot: number;
  readonly scope: Scope;
  /** `index`: says which element; `bound`: start or end of a loop; both should stay whole and small. */
  readonly role: 'plain' | 'index' | 'bound';
  /** The operator, key or callee it stands under, for those who must know. */
  readonly under: Node;
  readonly key: string;
  type: Type;
}

/** A statement in a list of statements. */
export interface Line {
  readonly node: Node;
  readonly scope: Scope;
  /** Inside the function that is being searched for, or another one; false at the top of the module. */
  readonly inFunction: boolean;
  /** Ends a loop or makes it go on: taking it away may leave a loop that never ends. */
  readonly drives: boolean;
  /** The last of its list. */
  readonly last: boolean;
  /** The loops of its function that it is in, from outside in. */
  readonly loops: readonly Node[];
}

/** A function with a body in braces. */
export interface Routine {
  readonly node: Node;
  readonly name: string | undefined;
  readonly scope: Scope;
  /** Type of what it returns. */
  returns: Type;
}

/** Any function with parameters. */
export interface Callable {
  readonly node: Node;
  /** Its own, or that of the variable which holds it from the first. */
  readonly name: string | undefined;
  readonly scope: Scope;
}

/** A name read or written. */
export interface Reference {
  readonly node: Node;
  readonly scope: Scope;
  readonly write: boolean;
  /** `{ name }`: to rename it, its key must stay. */
  readonly shorthand: boolean;
}

/** An expression with what stands above it. */
export interface Use {
  readonly node: Node;
  readonly under: Node;
  readonly key: string;
  readonly scope: Scope;
}

/** A declaration and where its value comes from: all of `init`, or each element of it. */
export interface Declaration {
  readonly target: Node;
  readonly init: Node | null;
  readonly scope: Scope;
  readonly each: boolean;
}

/** A number written in the program, its minus sign included. */
export interface Numeral {
  readonly site: Site;
  readonly value: number;
  /** Small whole number that counts, indexes, is a remainder or an exponent: only another whole number makes sense. */
  readonly whole: boolean;
  /** Start of a sum, such as `let total = 0`: nothing to tune. */
  readonly idle: boolean;
}

/** All that the operators know of a program. Only what may change is listed as site, line or routine. */
export interface Analysis {
  readonly text: string;
  readonly sites: readonly Site[];
  readonly lines: readonly Line[];
  readonly routines: readonly Routine[];
  readonly functions: readonly Callable[];
  readonly references: readonly Reference[];
  readonly uses: readonly Use[];
  readonly declarations: readonly Declaration[];
  readonly bindings: readonly Binding[];
  /** Where each name is declared. */
  readonly declaredAt: ReadonlyMap<Binding, number>;
  readonly numerals: readonly Numeral[];
  /** Every name in the text, so that a new one can be new. */
  readonly names: ReadonlySet<string>;
  /** Readings such as `point.x` that are numbers, by the name they start from. */
  readonly paths: ReadonlyMap<string, readonly string[]>;
  /** Offsets of `this`, `await`, `yield`, `super`, `arguments`: what holds one is not moved elsewhere. */
  readonly bound: readonly number[];
}

/** What the walk over a program finds, before types are inferred and numbers listed. */
export interface Survey extends Omit<Analysis, 'numerals'> {
  readonly sites: Site[];
  readonly lines: Line[];
  readonly routines: Routine[];
  readonly functions: Callable[];
  readonly references: Reference[];
  readonly uses: Use[];
  readonly declarations: Declaration[];
  readonly bindings: Binding[];
  readonly declaredAt: Map<Binding, number>;
  readonly names: Set<string>;
  readonly paths: Map<string, string[]>;
  readonly bound: number[];
}
