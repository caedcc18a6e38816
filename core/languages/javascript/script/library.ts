import { minifySync } from 'oxc-minify';
import type { Source } from '../../../search/program.ts';
import type { Dialect } from '../parse.ts';
import { type File, type Library, load } from './load.ts';
import { unitOf } from './module-unit.ts';
import { exportNames } from './resolve-export.ts';

/**
 * A library of several files, built at first use and then cached: one minified text, so that importing it costs little.
 * Its files share one scope: names at their top level must differ, and exports keep them.
 * @throws Refused when its text is invalid, which only a mistake in the library itself can cause.
 */
export function libraryOf(specifier: string, read: () => Source, language: Dialect): Library {
  let ready: File | undefined;
  return {
    specifier,
    get file() {
      ready ??= joined(specifier, read(), language);
      return ready;
    },
  };
}

function joined(specifier: string, source: Source, language: Dialect): File {
  const files = load(source, language);
  const names = [...exportNames(files.at(-1)!)].join(', ');
  const text = `${files.map(({ unit }) => unit.body).join('\n')}\nexport { ${names} };`;
  // Top-level names stay: short ones would look like locals that are assigned to.
  const small = minifySync('library.js', text, { module: true, compress: true, mangle: { toplevel: false } });
  // Reading the text reports its errors.
  const unit = unitOf(small.errors.length ? text : small.code, 'javascript');
  // An error names the last of the program's own positions on its stack: this one must not look like one of them.
  return { path: specifier, place: specifier, unit, targets: new Map() };
}
