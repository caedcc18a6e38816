import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Low } from 'lowdb';
import { ConfigError, JournalError } from '../search/errors.ts';
import type { Limits } from '../search/problem.ts';
import type { Settings } from '../search/settings.ts';
import { replaceFile } from './files.ts';
import { complete } from './upcast.ts';

/** run.json: what a run is and how it stands, small, for people and scripts. What happened is in the journal. */
export interface Manifest {
  version: 1;
  problem: {
    name: string;
    hash: string;
    /** A shipped problem's name, or where its module was. */
    path: string;
    /** The same as seen from the run directory, for both may be moved together; left out of a shipped one, and by earlier versions. */
    fromRun?: string;
    /** What the hash is made of; left out by versions before 0.2. */
    parts?: ScoreParts;
    /** Trials that had begun when the problem was last changed: their scores are those of the problem before. */
    rescored?: number;
  };
  settings: Settings;
  /** Specs of the models that are asked; left out by versions that knew none. */
  models?: string[];
  /** SPEC of the trainer outside; left out where there is none. */
  trainer?: string;
  status: 'running' | 'interrupted' | 'finished' | 'failed';
  because?: string;
  /** Time spent over all sessions, to within a few seconds after a kill. */
  seconds: number;
  versions: { atoll: string; node: string };
  sessions: { started: string; ended?: string; pid: number }[];
  best?: { id: string; score: number; test: number | null };
}

/** What decides the scores of a problem, part by part: SHA-256 of each, but for the limits, which are there as they are. */
export interface ScoreParts {
  /** Judge, residuals, prepare, drive, and the modules that they import. */
  readonly code: string;
  /** Name, language and entry. */
  readonly call: string;
  /** Cases that the search goes by. */
  readonly cases: string;
  readonly validation: string;
  readonly heldOut: string;
  readonly seeds: string;
  readonly limits: Limits;
}

/** A manifest held by the process that writes the run. */
export interface HeldManifest extends AsyncDisposable {
  readonly data: Manifest;
  /** Changes it at once, and on disk soon; several changes may become one write. Resolves when it is there. */
  update(change: (manifest: Manifest) => void): Promise<void>;
}

const path = (dir: string): string => join(dir, 'run.json');

/**
 * @throws ConfigError where there is no run, JournalError where run.json cannot be read as one.
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

/** Takes hold of a run's manifest. @throws ConfigError, JournalError */
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
