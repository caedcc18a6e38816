import type { Node } from '../../code/parse.ts';
import type { Declaration } from './declare.ts';
import type { Numeral } from './numerals.ts';
import type { Callable, Line, Outline, Reference, Routine, Site } from './outline.ts';
import type { Binding, Scope } from './scope.ts';

/** What the walk finds, before types are inferred. */
export interface Survey extends Outline {
  readonly sites: Site[];
  readonly lines: Line[];
  readonly routines: Routine[];
  readonly references: Reference[];
  readonly bindings: Binding[];
  readonly declaredAt: Map<Binding, number>;
  readonly names: Set<string>;
  readonly paths: Map<string, string[]>;
  readonly bound: number[];
  readonly numerals: Numeral[];
  readonly functions: Callable[];
  readonly uses: Use[];
  readonly declarations: Declaration[];
}

/** An expression in its place. */
export interface Use {
  readonly node: Node;
  readonly under: Node;
  readonly key: string;
  readonly scope: Scope;
}

/** Where the walk stands. */
export interface Place {
  readonly under: Node;
  readonly key: string;
  readonly scope: Scope;
  readonly role: Site['role'];
  /** Names whose change ends the loops around. */
  readonly driving: ReadonlySet<string>;
  readonly loops: readonly Node[];
  readonly inFunction: boolean;
  /** False where an expression may not be replaced: targets, callees, what is indexed. */
  readonly value: boolean;
  /** True all through the test of a loop: a change there may leave it endless. */
  readonly frozen: boolean;
}

/** A walk under way. */
export interface Walk {
  readonly found: Survey;
  /** Whether a node may change: it lies in a region. */
  free(node: Node): boolean;
  visit(node: Node, place: Place): void;
  /** Visits an expression and notes it, as a site too if it may be replaced. */
  expression(node: Node, place: Place): void;
  /** Visits a list of statements and notes each. */
  block(list: readonly Node[], place: Place): void;
}

/** What the walk does at a node. */
export type Visitor = (walk: Walk, node: Node, place: Place) => void;

/** The place right below a node. */
export function under(node: Node, place: Place): Place {
  return { ...place, under: node, value: true, role: 'plain' };
}
