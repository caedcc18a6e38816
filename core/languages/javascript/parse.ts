import { type ParseResult, parseSync } from 'oxc-parser';
import { expected } from '../../search/errors.ts';
import { tooDeep } from './guard.ts';

/** The languages that the JavaScript parser reads. */
const dialects = ['javascript', 'typescript'] as const;

export type Dialect = (typeof dialects)[number];

/** The dialect of that name. @throws ConfigError for another language. */
export function dialectOf(language: string): Dialect {
  const dialect = dialects.find((each) => each === language);
  if (!dialect) throw expected('a program in JavaScript or TypeScript', language);
  return dialect;
}

/** A node of an ESTree (or TS-ESTree) with UTF-16 offsets; parentheses are nodes of their own. */
export interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [key: string]: any;
}

/** A program's tree, or what is wrong with its text, with line:column (from 1) where there is one. */
export type Parsed = { readonly program: Node } | { readonly error: string };

/** Parses an ES module. Never throws, and refuses text that could overflow the parser's stack. */
export function parse(text: string, language: Dialect): Parsed {
  const error = tooDeep(text);
  if (error) return { error };
  const result = read(text, language);
  const wrong = firstError(text, result);
  return wrong ? { error: wrong } : { program: result.program as unknown as Node };
}

/** Why a text is not an ES module, or undefined when it is one. Cheaper than `parse`: the tree stays native. */
export function syntaxError(text: string, language: Dialect): string | undefined {
  return tooDeep(text) ?? firstError(text, read(text, language));
}

function read(text: string, language: Dialect): ParseResult {
  const lang = language === 'typescript' ? 'ts' : 'js';
  return parseSync(`program.${lang}`, text, {
    lang,
    sourceType: 'module',
    astType: lang,
    preserveParens: true,
    showSemanticErrors: true,
  });
}

function firstError(text: string, result: ParseResult): string | undefined {
  const wrong = result.errors.find((each) => each.severity === 'Error');
  const at = wrong?.labels[0]?.start;
  return wrong && (at === undefined ? wrong.message : `${place(text, at)} ${wrong.message}`);
}

function place(text: string, offset: number): string {
  const lines = text.slice(0, offset).split(/\r\n|\n|\r/);
  return `${lines.length}:${lines.at(-1)!.length + 1}`;
}
