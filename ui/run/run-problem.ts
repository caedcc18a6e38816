import { existsSync } from 'node:fs';
import { isAbsolute, resolve } from 'node:path';
import type { Manifest } from '../../core/journal/manifest.ts';
import { ConfigError } from '../../core/search/errors.ts';
import type { Problem } from '../../core/search/problem.ts';
import { command } from '../text/shell.ts';
import { findProblem } from './find-problem.ts';

/**
 * The problem of a run, and the path that finds it: `given`, or the module that is where it was as seen from the run
 * directory, for both may have been moved together, or the one that is where it was.
 * @throws ConfigError where there is none, with how to say where it is.
 */
export async function problemOfRun(
  dir: string,
  { path, fromRun }: Manifest['problem'],
  given?: string,
): Promise<{ problem: Problem; path: string }> {
  if (given !== undefined) return findProblem(given);
  // Without a folder it is the name of a shipped problem.
  if (!isAbsolute(path)) return findProblem(path);
  const places = [...(fromRun === undefined ? [] : [resolve(dir, fromRun)]), path];
  const place = places.find((each) => existsSync(each));
  if (place !== undefined) return findProblem(place);
  throw new ConfigError(
    `Expected the problem of ${dir} at ${path}, got nothing there; if it was moved: ${command('resume', dir, '--problem')} PATH`,
  );
}
