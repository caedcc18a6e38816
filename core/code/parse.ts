import { parseSync } from 'oxc-parser';
import type { Language } from '../problem.ts';
import { tooDeep } from './guard.ts';

/** A node of an ESTree (with its TypeScript nodes): read by `type`; offsets count UTF-16 units. */
export interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [key: string]: any;
}

/** The syntax tree of a module, or `line:column message` of its first error. Parentheses leave no node. */
export function parse(
  text: string,
  language: Language,
): { readonly program: Node } | { readonly error: string } {
  const deep = tooDeep(text);
  if (deep) return { error: `1:1 ${deep}` };
  const result = parseSync(`program.${language === 'typescript' ? 'ts' : 'js'}`, text, {
    sourceType: 'module',
    preserveParens: false,
    showSemanticErrors: true,
  });
  const [error] = result.errors;
  if (!error) return { program: result.program as unknown as Node };
  return { error: `${position(text, error.labels[0]?.start ?? 0)} ${error.message}` };
}

function position(text: string, offset: number): string {
  const lines = text.slice(0, offset).split('\n');
  return `${lines.length}:${lines.at(-1)!.length + 1}`;
}
