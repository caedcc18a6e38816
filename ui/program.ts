import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { placesOf } from '../core/code/script/load.ts';

import { Refused, unitOf } from '../core/code/script/module-unit.ts';
import { ConfigError } from '../core/errors.ts';
import type { Language } from '../core/problem.ts';
import type { Source } from '../core/program.ts';

/**
 * The program whose main file this is, with the files inside its folder that it reaches by relative imports.
 * @throws ConfigError when one of them cannot be read.
 */
export function programAt(file: string, language: Language): Source {
  const folder = dirname(file);
  const main = basename(file);
  const source = new Map([[main, readText(file, 'a program file that can be read')]]);
  for (const [path, text] of source) {
    for (const specifier of requestsOf(path, text, language)) {
      const places = placesOf(specifier, path, language) ?? [];
      const [first] = places;
      if (first === undefined || places.some((each) => source.has(each))) continue;
      const found = places.find((each) => existsSync(join(folder, each))) ?? first;
      const wanted = `${path} to import a file that can be read by \`${specifier}\``;
      source.set(found, readText(join(folder, found), wanted));
    }
  }
  return Object.fromEntries(source);
}

/** What a file asks for; nothing when a sandbox would refuse it, which then says why. */
function requestsOf(path: string, text: string, language: Language): string[] {
  if (/\.json$/.test(path)) return [];
  try {
    return unitOf(text, language).requests.map((each) => each.specifier);
  } catch (error) {
    if (error instanceof Refused) return [];
    throw error;
  }
}

function readText(file: string, wanted: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new ConfigError(`Expected ${wanted}, got \`${file}\`: ${(error as Error).message}`);
  }
}
