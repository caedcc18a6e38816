import { readdirSync, readFileSync } from 'node:fs';
import { libraryOf } from '../../core/languages/javascript/script/library.ts';
import type { Source } from '../../core/search/program.ts';

/** Files are TypeScript in a checkout, JavaScript in `dist/`. */
const kind = import.meta.url.endsWith('.ts') ? '.ts' : '.js';
const main = `toolbox${kind}`;

/** The library that a program may import besides its own files (docs/toolbox.md). Read when a program first imports it. */
export const toolbox = libraryOf('atoll/toolbox', read, kind === '.ts' ? 'typescript' : 'javascript');

/** The files of the toolbox, its main file first. */
function read(): Source {
  const folder = new URL('./toolbox/', import.meta.url);
  const others = readdirSync(folder).filter(
    (name) => name.endsWith(kind) && !/\.d\.ts$/.test(name) && name !== main,
  );
  return Object.fromEntries(
    [main, ...others].map((name) => [name, readFileSync(new URL(name, folder), 'utf8')]),
  );
}
