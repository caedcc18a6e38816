import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Low } from 'lowdb';
import { ConfigError, JournalError } from '../search/errors.ts';
import type { Limits } from '../search/problem.ts';
import type { Settings } from '../search/settings.ts';
import { replaceFile } from './files.ts';
import { complete } from './upcast.ts';

/** run.json: a small summary of a run and its state, for users and scripts. The events are in the journal. */
export interface Manifest {
  version: 1;
  problem: {
    name: string;
    hash: string;
    /** A shipped problem's name, or the path of its module. */
    path: string;
    /** The same relative to the run directory, since both may be moved together; missing for a shipped one, and in earlier versions. */
    fromRun?: string;
    /** The parts of the hash; missing before version 0.2. */
    parts?: ScoreParts;
    /** Trials that had begun when the problem was last changed: their scores belong to the earlier problem. */
    rescored?: number;
  };
  settings: Settings;
  /** Specs of the models; missing in versions without models. */
  models?: string[];
  /** SPEC of the external trainer, if any. */
  trainer?: string;
  status: 'running' | 'interrupted' | 'finished' | 'failed';
  because?: string;
  /** Duration of all sessions, after a kill correct within a few seconds. */
  seconds: number;
  versions: { atoll: string; node: string };
  sessions: { started: string; ended?: string; pid: number }[];
  best?: { id: string; score: number; test: number | null };
}

/** The parts of a problem that decide its scores: SHA-256 of each, except the limits, which are given as they are. */
export interface ScoreParts {
  /** Judge, residuals, prepare, drive, and the modules that they import. */
  readonly code: string;
  /** Name, language and entry. */
  readonly call: string;
  /** Cases that the search is scored on. */
  readonly cases: string;
  readonly validation: string;
  readonly heldOut: string;
  readonly seeds: string;
  readonly limits: Limits;
}

/** A manifest in the process that writes the run. */
export interface HeldManifest extends AsyncDisposable {
  readonly data: Manifest;
  /** Changes it at once, and on disk soon; several changes may share one write. Resolves when it is written. */
  update(change: (manifest: Manifest) => void): Promise<void>;
}

const path = (dir: string): string => join(dir, 'run.json');

/**
 * @throws ConfigError where there is no run, JournalError for an invalid run.json.
 */
export function readManifest(dir: string): Manifest {
  if (!existsSync(path(dir)))
    throw new ConfigError(`Expected ${dir} to be a run directory, got no run.json in it`);
  try {
    const data: Manifest = JSON.parse(readFileSync(path(dir), 'utf8'));
    if (data.version === 1 && data.problem && data.settings && Array.isArray(data.sessions)) {
      return { ...data, settings: complete(data.settings) };
    }
  } catch (error) {
    throw new JournalError(`Expected ${path(dir)} to be JSON, got ${(error as Error).message}`, {
      cause: error,
    });
  }
  throw new JournalError(`Expected ${path(dir)} to be a manifest of version 1, got something else`);
}

/** Writes the first run.json of a run. */
export async function createManifest(dir: string, data: Manifest): Promise<void> {
  await replaceFile(path(dir), JSON.stringify(data, null, 2));
}

/** Opens a run's manifest for writing. @throws ConfigError, JournalError */
export async function openManifest(dir: string): Promise<HeldManifest> {
  const store = new Low<Manifest>(durable(dir), readManifest(dir));
  let again = false;
  let writing: Promise<void> | undefined;
  const write = async (): Promise<void> => {
    while (again) {
      again = false;
      await store.write();
    }
  };
  return {
    get data() {
      return store.data;
    },
    update(change) {
      change(store.data);
      again = true;
      writing ??= write().finally(() => {
        writing = undefined;
      });
      return writing;
    },
    async [Symbol.asyncDispose]() {
      await writing;
    },
  };
}

/** lowdb's own file adapter does not sync; this one does. */
function durable(dir: string): { read(): Promise<Manifest>; write(data: Manifest): Promise<void> } {
  return {
    read: async () => readManifest(dir),
    write: (data) => replaceFile(path(dir), JSON.stringify(data, null, 2)),
  };
}
