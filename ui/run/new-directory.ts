import { mkdirSync, readdirSync, rmdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { makeFolder, storageError } from '../../core/journal/files.ts';
import { lock } from '../../core/journal/lock.ts';
import { ConfigError, StorageError } from '../../core/search/errors.ts';

/**
 * Makes a directory for this process alone: `runs/PROBLEM-TIME`, with a number appended if that is taken.
 * @throws StorageError
 */
export function claimDirectory(problem: string, now: Date): string {
  const named = join('runs', `${problem}-${stamp(now)}`);
  makeFolder('runs');
  for (let number = 1; ; number++) {
    const dir = number === 1 ? named : `${named}-${number}`;
    try {
      mkdirSync(dir);
      return dir;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw storageError(dir, error);
    }
  }
}

/** 20261123-053110: sorts by time. */
function stamp(now: Date): string {
  const [day, time] = now.toISOString().split('T') as [string, string];
  return `${day.replaceAll('-', '')}-${time.slice(0, 8).replaceAll(':', '')}`;
}

/** Makes and locks a directory for a new run. @throws ConfigError when there is something in it, StorageError */
export async function lockNew(dir: string): Promise<AsyncDisposable> {
  for (;;) {
    makeFolder(dir);
    mustBeNew(dir);
    let held: AsyncDisposable;
    try {
      held = await lock(dir);
    } catch (error) {
      // Its holder removed it, since nothing was searched.
      if (error instanceof StorageError && error.code === 'ENOENT') continue;
      throw error;
    }
    try {
      // Another search may have begun, and even ended, before the lock was ours.
      mustBeNew(dir);
      return held;
    } catch (error) {
      await held[Symbol.asyncDispose]();
      throw error;
    }
  }
}

function mustBeNew(dir: string): void {
  // Files left by a kill in the first moments are no run yet.
  const there = readdirSync(dir).filter((name) => !unborn.test(name));
  if (there.length > 0)
    throw new ConfigError(`Expected ${dir} to be new or empty, got a folder with ${there[0]} in it`);
}

/** Files of a directory before there is a run in it. */
const unborn = /^lock|\.tmp$/;

/** Empties a directory except for its lock. */
export function empty(dir: string): void {
  for (const name of readdirSync(dir)) {
    if (!name.startsWith('lock')) rmSync(join(dir, name), { recursive: true, force: true });
  }
}

/** Removes a directory, unless there is something in it. */
export function removeEmpty(dir: string): void {
  try {
    rmdirSync(dir);
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    if (!['ENOTEMPTY', 'EEXIST', 'ENOENT'].includes(code)) throw storageError(dir, error);
  }
}
