import { createHash } from 'node:crypto';
import { minifySync } from 'oxc-minify';
import { transformSync } from 'oxc-transform';
import type { Language } from '../problem.ts';
import type { Source } from '../program.ts';
import { tooDeep } from './guard.ts';

/**
 * What tells a program from others: 32 hexadecimal digits, the same for programs that differ only in layout,
 * comments, types and the names of what they do not export.
 */
export function canonical(
  source: Source,
  language: Language,
): { readonly hash: string } | { readonly error: string } {
  const digest = createHash('sha256');
  for (const [path, text] of Object.entries(source).sort(([a], [b]) => (a < b ? -1 : 1))) {
    const small = minified(text, language);
    if ('error' in small) return { error: `${path}: ${small.error}` };
    digest.update(JSON.stringify([path, small.code]));
  }
  return { hash: digest.digest('hex').slice(0, 32) };
}

function minified(text: string, language: Language): { code: string } | { error: string } {
  const deep = tooDeep(text);
  if (deep) return { error: deep };
  const plain = language === 'typescript' ? transformSync('program.ts', text) : { code: text, errors: [] };
  if (plain.errors[0]) return { error: plain.errors[0].message };
  const small = minifySync('program.mjs', plain.code, {
    module: true,
    compress: true,
    mangle: { toplevel: true },
  });
  return small.errors[0] ? { error: small.errors[0].message } : { code: small.code };
}
