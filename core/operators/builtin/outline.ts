import type { Node } from '../../code/parse.ts';
import { dialectOf, parse } from '../../code/parse.ts';
import { type Region, regionsOf } from '../../code/regions.ts';
import { comments } from '../../languages/javascript/comments.ts';
import type { Declaration } from './declare.ts';
import { infer } from './infer.ts';
import { type Numeral, numeralsOf } from './numerals.ts';
import type { Use } from './place.ts';
import type { Binding, Scope, Type } from './scope.ts';
import { survey } from './survey.ts';

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

/** All that the operators know of a program. Only what may change is listed as site, line or routine. */
export interface Outline {
  readonly text: string;
  readonly sites: readonly Site[];
  readonly lines: readonly Line[];
  readonly routines: readonly Routine[];
  readonly functions: readonly Callable[];
  readonly references: readonly Reference[];
  /** Each expression with what stands above it. */
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

const cache = new Map<string, Outline | string>();
const cacheSize = 256;

/** Reads a program; a string says why it cannot be read. A parent is read once and remembered. */
export function outline(text: string, language: string, entry: string): Outline | string {
  const key = `${language}\0${entry}\0${text}`;
  const known = cache.get(key);
  if (known !== undefined) {
    cache.delete(key);
    cache.set(key, known);
    return known;
  }
  const fresh = read(text, language, entry);
  cache.set(key, fresh);
  if (cache.size > cacheSize) cache.delete(cache.keys().next().value!);
  return fresh;
}

function read(text: string, language: string, entry: string): Outline | string {
  const parsed = parse(text, dialectOf(language));
  if ('error' in parsed) return parsed.error;
  let regions: Region[];
  try {
    regions = regionsOf(text, { comments });
  } catch (error) {
    return (error as Error).message;
  }
  const found = survey(text, parsed.program, regions);
  infer(found, entry);
  found.numerals.push(...numeralsOf(found.sites));
  return found;
}
