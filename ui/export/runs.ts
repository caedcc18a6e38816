import { basename, resolve } from 'node:path';
import { type Manifest, readManifest } from '../../core/journal/manifest.ts';
import { ConfigError } from '../../core/search/errors.ts';
import type { Problem } from '../../core/search/problem.ts';
import { hashOf, isHashOf } from '../run/problem-hash.ts';
import { problemOfRun } from '../run/run-problem.ts';
import type { Origin } from './dataset/account.ts';

/** A run that is exported. */
export interface ExportedRun {
  readonly dir: string;
  readonly manifest: Manifest;
  readonly problem: Problem;
  readonly origin: Origin;
}

/**
 * The runs of these directories, each with its problem and a unique name.
 * @throws ConfigError for a directory without a run, a repeated run, or a changed problem; JournalError
 */
export async function runsIn(dirs: readonly string[]): Promise<ExportedRun[]> {
  const runs: ExportedRun[] = [];
  const names = new Map<string, number>();
  for (const [i, dir] of dirs.entries()) {
    if (dirs.slice(0, i).some((other) => resolve(other) === resolve(dir)))
      throw new ConfigError(`Expected each run once, got ${dir} twice`);
    const manifest = readManifest(dir);
    const { hash, rescored } = manifest.problem;
    const { problem, path } = await problemOfRun(dir, manifest.problem);
    if (!isHashOf(hash, problem)) {
      throw new ConfigError(
        `Expected ${path} to be the problem of ${dir} as it was (hash ${hash.slice(0, 8)}), ` +
          `got one that was changed since (hash ${hashOf(problem).slice(0, 8)})`,
      );
    }
    const name = basename(resolve(dir));
    const times = (names.get(name) ?? 0) + 1;
    names.set(name, times);
    const run = times === 1 ? name : `${name}-${times}`;
    const { settings } = manifest;
    runs.push({
      dir,
      manifest,
      problem,
      origin: { run, problem, hash, settings, ...(rescored === undefined ? {} : { rescored }) },
    });
  }
  return runs;
}
