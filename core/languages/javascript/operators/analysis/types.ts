import type { Scope as Chain } from '../../bindings.ts';
import type { Node } from '../../parse.ts';

/** The type of a value, as far as a coarse analysis tells. `array` holds numbers, `matrix` arrays of them. */
export type Type = 'number' | 'boolean' | 'array' | 'matrix' | 'other' | 'unknown';

/** A declared name and its properties. */
export interface Binding {
  readonly name: string;
  readonly kind: 'parameter' | 'local' | 'function' | 'other';
  /** Offset from which it may be read: a `const` read earlier throws. */
  readonly from: number;
  /** Known from a type or JSDoc annotation, or inferred from use. */
  type: Type;
  /** Written after its declaration. */
  assigned: boolean;
  /** Counts or indexes: a small integer. */
  index: boolean;
}

/** A scope of the program. */
export type Scope = Chain<Binding>;

/** An expression that may be replaced by another of its type. */
export interface Site {
  readonly node: Node;
  /** Range to replace, parentheses around the expression included. */
  readonly start: number;
  readonly end: number;
  /** Lowest precedence level that fits there without parentheses. */
  readonly slot: number;
  readonly scope: Scope;
  /** `index`: selects an element; `bound`: start or end of a loop; both should stay small integers. */
  readonly role: 'plain' | 'index' | 'bound';
  /** The parent node. */
  readonly under: Node;
  readonly key: string;
  type: Type;
}

/** A statement in a list of statements. */
export interface Line {
  readonly node: Node;
  readonly scope: Scope;
  /** Whether it is inside a function; false at the top level. */
  readonly inFunction: boolean;
  /** Whether it affects the end of a loop: without it, a loop may never end. */
  readonly drives: boolean;
  /** Whether it is the last of its list. */
  readonly last: boolean;
  /** The loops of its function around it, outermost first. */
  readonly loops: readonly Node[];
}

/** A function with a body in braces. */
interface Routine {
  readonly node: Node;
  readonly name: string | undefined;
  readonly scope: Scope;
  /** Type of what it returns. */
  returns: Type;
}

/** Any function with parameters. */
interface Callable {
  readonly node: Node;
  /** Its own name, or that of the variable it is assigned to. */
  readonly name: string | undefined;
  readonly scope: Scope;
}

/** A name read or written. */
export interface Reference {
  readonly node: Node;
  readonly scope: Scope;
  readonly write: boolean;
  /** Whether it is `{ name }`, whose key must stay when it is renamed. */
  readonly shorthand: boolean;
}

/** An expression with its parent. */
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
  /** Whether it is a small integer that counts, indexes, or is a modulus or an exponent: only another integer makes sense. */
  readonly whole: boolean;
  /** Whether it is the start of a sum, such as `let total = 0`, which is not tuned. */
  readonly idle: boolean;
}

/** What operators know of a program. Sites, lines and routines are those that may change. */
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
  /** Every name in the text, so that a new name differs. */
  readonly names: ReadonlySet<string>;
  /** Numeric property reads such as `point.x`, by the name they start from. */
  readonly paths: ReadonlyMap<string, readonly string[]>;
  /** Offsets of `this`, `await`, `yield`, `super`, `arguments`: code that holds one is not moved. */
  readonly bound: readonly number[];
}

/** The result of the walk over a program, before types are inferred and numbers listed. */
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
