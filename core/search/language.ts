import type { Source } from './program.ts';

/**
 * A programming language, as the engine knows it. Parts that are left out are not offered: a language without `parts`,
 * for instance, has no prompt for single declarations.
 */
export interface Language {
  /** As a problem names it, such as `javascript`: lower case letters, digits and hyphens. */
  readonly name: string;
  /** As a sentence names it, such as `JavaScript`. */
  readonly title: string;
  /** Endings of its files with the dot, no other language's; a program of one file has the first. */
  readonly extensions: readonly string[];
  /** Tags of code fences that may hold it, in lower case; prompts write the first. */
  readonly fences: readonly string[];
  /** What opens a comment, such as `//`: an EVOLVE-BLOCK marker follows one of these. */
  readonly comments: readonly string[];
  /** Names of the files beside a problem module that are its seeds. */
  readonly seedFile: RegExp;
  /** What prompts say of it. */
  readonly prompt: LanguagePrompt;
  /** Whether a file holds code in it, which can be checked; other files of a program are plain text. */
  isCode(path: string): boolean;
  /** Why a text is not a file of code, or undefined when it is one. Never throws. */
  syntaxError(text: string): string | undefined;
  /** A hash shared by programs that differ only in what cannot matter, such as layout; or which file does not parse. */
  canonical(source: Source): { readonly hash: string } | { readonly error: string };
  /** What near-duplicates are found by, as core/text/sketch.ts encodes it; undefined for a program that has none. */
  sketch(source: Source): string | undefined;
  /** Whether a child changed only what may change (EVOLVE-BLOCK regions): true, or what else it changed. */
  keepsFixed(parent: Source, child: Source): true | string;
  /** What is wrong with a problem's `harness`, or undefined when it is one in this language. */
  harnessError(harness: unknown): string | undefined;
  /** The text as tokens for display, which make it up again when joined, also where it is no program. */
  highlight(text: string): readonly Token[];
  /** A line that only code has: a reply without a code fence that has one is read as code itself. */
  readonly codeLine?: RegExp;
  /** Replacing single declarations. */
  readonly parts?: Parts;
  /** What a file imports from its own program. */
  imports?(path: string, text: string): readonly Import[];
  /** How many places of a text branch or loop: an axis of the grid archive. */
  branches?(text: string): number;
  /** What `atoll new` writes for a problem in this language. */
  readonly template?: LanguageTemplate;
}

/** What prompts say of a language. */
interface LanguagePrompt {
  /** Completes "The program is": what a main file has to be, such as "a JavaScript module (a.js) that exports `f`". */
  program(path: string, entry: string): string;
  /** What a program may import, in a few words, such as `no packages`. */
  readonly imports: string;
  /** A change of one line by which the forms of an answer are shown. */
  readonly example: { readonly note: string; readonly before: string; readonly after: string };
}

/** One import: how the file words it, and the paths in the program where it may be, best first. */
interface Import {
  readonly specifier: string;
  readonly paths: readonly string[];
}

/** Reads declarations, so that an answer may give only those that change. */
export interface Parts {
  /** A file's declarations; in words why it cannot be read. */
  outline(text: string): Outline | { readonly error: string };
  /** The names that a piece of code uses and does not declare itself; too many do no harm. */
  uses(code: string): ReadonlySet<string>;
  /** An import statement of some names of one file. */
  importing(names: readonly Binding[]): string;
  /** What a prompt calls such declarations, such as `top-level functions, classes and variables`. */
  readonly kinds: string;
  /** The declaration that makes the change of `prompt.example`. */
  readonly example: string;
}

/** A top-level statement that declares names. */
export interface Declaration {
  /** What it declares: one name, or several for `const a = 1, b = 2`. */
  readonly names: readonly string[];
  /** Offset of its leading comment, or of itself where it has none. */
  readonly lead: number;
  /** Offset of the statement, `export` included. */
  readonly start: number;
  /** Offset of the declaration after `export`. */
  readonly inner: number;
  readonly end: number;
}

/** A name that a file imports. */
export interface Binding {
  readonly from: string;
  readonly kind: 'default' | 'namespace' | 'named';
  /** Its name here. */
  readonly local: string;
  /** The specifier as it is written, such as `a as b`. */
  readonly text: string;
}

/** An import statement. Without names it only runs the other file. */
export interface ImportStatement {
  readonly text: string;
  readonly names: readonly Binding[];
}

/** A statement that is neither a declaration nor an import. */
interface OtherStatement {
  readonly start: number;
  readonly end: number;
  /** Names that it does no more than export. */
  readonly exports: readonly string[];
}

/** A file's declarations in order, its imports, and its other statements; directives such as `'use strict'` are left out. */
export interface Outline {
  readonly declarations: readonly Declaration[];
  readonly imports: readonly ImportStatement[];
  readonly others: readonly OtherStatement[];
  /** Every name that it exports. */
  readonly exports: readonly string[];
}

/** A piece of a program's text, and what it is; `plain` for names, signs and blanks. */
export interface Token {
  readonly kind: 'keyword' | 'text' | 'number' | 'comment' | 'call' | 'plain';
  readonly text: string;
}

/** A first program and harness for a problem that seeks a function `f` of a number through given points. */
interface LanguageTemplate {
  /** Text of the seed file. */
  readonly seed: string;
  /** Expression for the problem module: a harness that maps `f` over the list of points that a case gives. */
  readonly harness: string;
}
