import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { ConfigError } from '../../core/search/errors.ts';
import type { Language } from '../../core/search/language.ts';
import type { Source } from '../../core/search/program.ts';

/**
 * The program whose main file this is, with the files inside its folder that it imports, as far as its language tells.
 * @throws ConfigError when one of them cannot be read.
 */
export function programAt(file: string, { imports }: Language): Source {
  const folder = dirname(file);
  const main = basename(file);
  const source = new Map([[main, readText(file, 'a program file that can be read')]]);
  for (const [path, text] of source) {
    for (const { specifier, paths } of imports?.(path, text) ?? []) {
      const [first] = paths;
      if (first === undefined || paths.some((each) => source.has(each))) continue;
      const found = paths.find((each) => existsSync(join(folder, each))) ?? first;
      source.set(
        found,
        readText(join(folder, found), `${path} to import a file that can be read by \`${specifier}\``),
      );
    }
  }
  return Object.fromEntries(source);
}

function readText(file: string, wanted: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new ConfigError(`Expected ${wanted}, got \`${file}\`: ${(error as Error).message}`);
  }
}
