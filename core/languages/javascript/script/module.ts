import type { Source } from '../../../search/program.ts';
import type { Dialect } from '../parse.ts';
import { linked } from './link.ts';
import { type Library, load } from './load.ts';
import { Refused, type Unit } from './module-unit.ts';

/** A script that a sandbox runs, or one line that says why the program cannot be run. */
export type Script = { readonly script: string } | { readonly refused: string };

/**
 * Turns a program, an ES module and the files of the program that it imports, into a strict script whose value is
 * the exported entry. `library`: a module that it may import. In JavaScript, lines keep their
 * numbers, so that an error's position is the program's own.
 */
export function scriptOf(source: Source, language: Dialect, entry: string, library?: Library): Script {
  try {
    const files = load(source, language, library);
    return {
      script:
        files.length > 1 || files[0]!.unit.requests.length > 0
          ? linked(files, entry)
          : alone(files[0]!.unit, entry),
    };
  } catch (error) {
    if (error instanceof Refused) return { refused: error.message };
    throw error;
  }
}

function alone({ body, exports }: Unit, entry: string): string {
  const found = exports.get(entry);
  if (!found || !('local' in found))
    throw new Refused(`expected an export named ${entry}, got ${[...exports.keys()].join(', ') || 'none'}`);
  return `(function () { 'use strict'; ${body}\nreturn ${found.local}; }).call(undefined)\n//# sourceURL=program`;
}
