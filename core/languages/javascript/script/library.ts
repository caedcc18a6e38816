import { minifySync } from 'oxc-minify';
import type { Source } from '../../../search/program.ts';
import type { Dialect } from '../parse.ts';
import { type File, type Library, load } from './load.ts';
import { unitOf } from './module-unit.ts';
import { exportNames } from './resolve-export.ts';

/**
 * A library of several files, made ready when it is first asked for and then kept: one small text, so that whoever
 * imports it pays little. Its files share one scope: names at their top level must differ, and exports keep them.
 * @throws Refused when its text is not as it must be, which only a mistake in the library itself can bring about.
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
  // What is wrong with the text is said by the reading of it.
  const unit = unitOf(small.errors.length ? text : small.code, 'javascript');
  // An error names the last place of the program's own that it came by: this place must not look like one.
  return { path: specifier, place: specifier, unit, targets: new Map() };
}
