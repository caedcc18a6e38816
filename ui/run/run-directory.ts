import { mkdirSync, readdirSync, rmdirSync, rmSync } from 'node:fs';
import { isAbsolute, join, relative, resolve } from 'node:path';
import { writeBest } from '../../core/journal/best.ts';
import { makeFolder, storageError } from '../../core/journal/files.ts';
import { openJournal, type RunJournal } from '../../core/journal/journal.ts';
import { lock } from '../../core/journal/lock.ts';
import { createManifest, type Manifest, openManifest } from '../../core/journal/manifest.ts';
import { armName } from '../../core/search/arm.ts';
import { ConfigError, JournalError, StorageError } from '../../core/search/errors.ts';
import type { Event } from '../../core/search/event.ts';
import { finalProgram } from '../../core/search/final.ts';
import type { Elite } from '../../core/search/program.ts';
import { bytesKept, checkpoints } from '../facts/checkpoint.ts';
import { commandOf } from '../report/command.ts';
import { version } from '../version.ts';
import { oneAtATime } from './one-at-a-time.ts';
import type { RunState } from './run-state.ts';
import type { Summary } from './summary.ts';

/** A run directory held by this process: its journal, its run.json, its facts.json, its best/ and its lock. */
export interface RunDirectory extends AsyncDisposable {
  readonly dir: string;
  readonly journal: RunJournal;
  readonly manifest: Manifest;
  /** To be told of every event, in the tick in which it is appended: keeps best/, the facts and the time spent up to date. */
  event(event: Event, course: RunState, seconds: number): void;
  /** Takes the directory away once it is let go: nothing was searched. */
  discard(): void;
  /** The problem is found there now. */
  moved(path: string): Promise<void>;
  /** Aborted with a StorageError once something besides the journal cannot be written. */
  readonly failed: AbortSignal;
  /** Writes down how the session ended. */
  end(summary: Summary, best: Elite): Promise<void>;
}

/** Seconds between two notes in run.json of the time spent: what a kill may lose of `--minutes`. */
const noteEvery = 5;

/**
 * Makes a directory that no other process gets: `runs/PROBLEM-TIME`, with a number behind it where that is taken.
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

/** Makes a run directory and takes hold of it. @throws ConfigError when it is taken, StorageError */
export async function createRunDirectory(
  dir: string,
  facts: Pick<Manifest, 'problem' | 'settings' | 'models' | 'trainer'>,
): Promise<RunDirectory> {
  const held = await lockNew(dir);
  try {
    const versions = { atoll: version, node: process.versions.node };
    const problem = { ...facts.problem, ...placeOf(dir, facts.problem.path) };
    const fresh = { status: 'running', seconds: 0, versions, sessions: [] } as const;
    await createManifest(dir, { version: 1, ...facts, problem, ...fresh, sessions: [] });
    return await hold(dir, held);
  } catch (error) {
    empty(dir);
    await held[Symbol.asyncDispose]();
    removeEmpty(dir);
    throw error;
  }
}

/** How a problem is found again, also once it was moved together with the run. */
function placeOf(dir: string, path: string): Pick<Manifest['problem'], 'path' | 'fromRun'> {
  return isAbsolute(path) ? { path, fromRun: relative(resolve(dir), path) } : { path };
}

/** The lock of a directory in which there is no run. */
async function lockNew(dir: string): Promise<AsyncDisposable> {
  for (;;) {
    makeFolder(dir);
    mustBeNew(dir);
    let held: AsyncDisposable;
    try {
      held = await lock(dir);
    } catch (error) {
      // Whoever had it took it away, since nothing was searched.
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
  // What a kill in the first moments leaves is no run yet.
  const there = readdirSync(dir).filter((name) => !unborn.test(name));
  if (there.length > 0)
    throw new ConfigError(`Expected ${dir} to be new or empty, got a folder with ${there[0]} in it`);
}

/** What stands in a directory before there is a run in it. */
const unborn = /^lock|\.tmp$/;

/** Takes hold of a run directory that is there. @throws ConfigError, JournalError */
export async function openRunDirectory(dir: string): Promise<RunDirectory> {
  const held = await lock(dir);
  try {
    return await hold(dir, held);
  } catch (error) {
    await held[Symbol.asyncDispose]();
    throw error;
  }
}

async function hold(dir: string, held: AsyncDisposable): Promise<RunDirectory> {
  const manifest = await openManifest(dir);
  const journal = await openJournal(dir);
  const started = new Date().toISOString();
  const session = manifest.data.sessions.length;
  await manifest.update((data) => {
    data.status = 'running';
    data.sessions.push({ started, pid: process.pid });
  });
  let noted = manifest.data.seconds;
  const failed = new AbortController();
  const fail = (error: unknown): void => failed.abort(error);
  const best = oneAtATime(
    ({ id, source, outcome, arm, parents }: Elite) =>
      writeBest(dir, source, { id, score: outcome.score, arm: armName(arm), parents }),
    fail,
  );
  const facts = checkpoints(dir, journal);
  let written: Elite | undefined;
  let discarded = false;
  // Each is done whatever became of those before it, the last first.
  const closing = new AsyncDisposableStack();
  closing.use(held);
  closing.defer(() => {
    if (discarded) empty(dir);
  });
  closing.use(manifest);
  closing.defer(() => facts.done());
  closing.use(journal);
  closing.defer(async () => {
    if (discarded || manifest.data.status !== 'running') return;
    await manifest.update((data) => {
      data.status = 'failed';
    });
  });
  closing.defer(() => best.done());
  return {
    dir,
    journal,
    manifest: manifest.data,
    failed: failed.signal,
    event(event, { state, facts: known }, seconds) {
      facts.note(known);
      const first = event.type === 'opened';
      const elite = finalProgram(state);
      if (elite !== written) best.write(elite);
      written = elite;
      if (!first && seconds - noted < noteEvery) return;
      noted = seconds;
      const { id, outcome } = elite;
      manifest
        .update((data) => {
          data.seconds = seconds;
          data.best = { id, score: outcome.score, test: null };
        })
        .catch(fail);
    },
    discard() {
      discarded = true;
    },
    async moved(path) {
      const { problem } = manifest.data;
      const now = placeOf(dir, path);
      if (problem.path === now.path && problem.fromRun === now.fromRun) return;
      await manifest.update((data) => {
        data.problem = { name: problem.name, hash: problem.hash, ...now };
      });
    },
    async end(summary, elite) {
      best.write(elite);
      const { because, seconds } = summary;
      await manifest.update((data) => {
        data.status = because === 'interrupted' ? 'interrupted' : 'finished';
        data.because = because;
        data.seconds = seconds;
        data.best = summary.best;
        data.sessions[session]!.ended = new Date().toISOString();
      });
    },
    async [Symbol.asyncDispose]() {
      await closing.disposeAsync();
      if (discarded) removeEmpty(dir);
    },
  };
}

/** Takes all out of a directory but its lock. */
function empty(dir: string): void {
  for (const name of readdirSync(dir)) {
    if (!name.startsWith('lock')) rmSync(join(dir, name), { recursive: true, force: true });
  }
}

/** Takes a directory away, unless somebody put something into it. */
export function removeEmpty(dir: string): void {
  try {
    rmdirSync(dir);
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    if (!['ENOTEMPTY', 'EEXIST', 'ENOENT'].includes(code)) throw storageError(dir, error);
  }
}

/**
 * Refuses to go on with a run whose journal lost what was in it: without its opening, or shorter than was kept.
 * @param opened - whether the journal tells of a search
 * @throws JournalError
 */
export function refuseLoss({ dir, journal, manifest }: RunDirectory, opened: boolean): void {
  // run.json has a best program once the opening is on disk.
  if (!opened && manifest.best) {
    throw new JournalError(
      `Expected the journal of ${dir} to tell of the search whose best program is ${manifest.best.id}, ` +
        `got one without events: put its files journal-*.jsonl back, or search anew: ${commandOf(manifest, manifest.settings)}`,
    );
  }
  const kept = bytesKept(dir);
  if (kept > journal.bytes) {
    throw new JournalError(
      `Expected the journal of ${dir} to have at least ${kept} bytes, as when ${join(dir, 'facts.json')} was written, ` +
        `got ${journal.bytes}: put it back, or remove facts.json to go on from what is left`,
    );
  }
}
