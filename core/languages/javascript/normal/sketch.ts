import { parseSync } from 'oxc-parser';
import type { Source } from '../../../search/program.ts';
import { type Form, ordered } from '../../../text/form.ts';
import { encode, wordsOf } from '../../../text/sketch.ts';
import { minified } from '../canonical.ts';
import { tooDeep } from '../guard.ts';
import type { Dialect, Node } from '../parse.ts';
import { normal } from './normal.ts';

/** The sketch of a program (core/text/sketch.ts); undefined when it does not parse, or nests too deep. */
export function sketch(source: Source, language: Dialect): string | undefined {
  const files = minified(source, language);
  if ('error' in files) return undefined;
  const parts: Form[] = [];
  for (const { path, text } of files) {
    const form = /\.m?js$/.test(path) ? formOf(text) : wordsOf(text);
    if (!form) return undefined;
    parts.push(ordered(path, [form]));
  }
  return encode(ordered('program', parts));
}

function formOf(text: string): Form | undefined {
  if (tooDeep(text)) return undefined;
  const { program, errors } = parseSync('program.js', text, {
    lang: 'js',
    sourceType: 'module',
    astType: 'js',
    preserveParens: false,
  });
  if (errors.length > 0) return undefined;
  try {
    return normal(program as unknown as Node);
  } catch (error) {
    // A tree that nests hundreds of levels may have a deeper form, which overflows the stack.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}
