import { minifySync } from 'oxc-minify';
import { transformSync } from 'oxc-transform';
import type { Source } from '../../search/program.ts';
import { hashOfFiles } from '../../text/hash.ts';
import { tooDeep } from './guard.ts';
import type { Dialect } from './parse.ts';

/**
 * A hash (32 hexadecimal digits of SHA-256) shared by programs that differ only in layout, comments, types and names
 * of locals: each JavaScript or TypeScript file is minified first, other files are hashed as they are.
 * Never throws: returns an error message for a file that does not parse.
 */
export function canonical(source: Source, language: Dialect): { hash: string } | { error: string } {
  const files = minified(source, language);
  return 'error' in files ? files : { hash: hashOfFiles(files) };
}

type Files = readonly { readonly path: string; readonly text: string }[] | { readonly error: string };

/** The last result: a program is hashed and sketched one right after the other. */
let last: { readonly source: Source; readonly language: Dialect; readonly files: Files } | undefined;

/** The minified files of a program, `.ts` renamed to `.js`, or an error message. */
export function minified(source: Source, language: Dialect): Files {
  if (last?.source !== source || last.language !== language)
    last = { source, language, files: minify(source, language) };
  return last.files;
}

function minify(source: Source, language: Dialect): Files {
  const files: { path: string; text: string }[] = [];
  for (const [path, text] of Object.entries(source)) {
    const form = canonicalText(path, text, language);
    if ('error' in form) return { error: `${path}: ${form.error}` };
    files.push({ path: path.replace(/\.ts$/, '.js'), text: form.text });
  }
  return files;
}

function canonicalText(path: string, text: string, language: Dialect): { text: string } | { error: string } {
  const kind = /\.m?([jt]s)$/.exec(path)?.[1];
  if (!kind) return { text };
  const error = tooDeep(text);
  if (error) return { error };
  let plain = text;
  if (kind === 'ts' || language === 'typescript') {
    const stripped = transformSync('program.ts', text, { lang: 'ts', sourceType: 'module' });
    const wrong = stripped.errors.find((each) => each.severity === 'Error');
    if (wrong) return { error: wrong.message };
    plain = stripped.code;
  }
  const small = minifySync('program.js', plain, { module: true, compress: true, mangle: true });
  const wrong = small.errors.find((each) => each.severity === 'Error');
  return wrong ? { error: wrong.message } : { text: small.code };
}
