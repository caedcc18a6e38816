import { isAbsolute, join, relative, resolve } from 'node:path';
import { writeBest } from '../../core/journal/best.ts';
import { openJournal, type RunJournal } from '../../core/journal/journal.ts';
import { lock } from '../../core/journal/lock.ts';
import { createManifest, type Manifest, openManifest } from '../../core/journal/manifest.ts';
import { armName } from '../../core/search/arm.ts';
import { JournalError } from '../../core/search/errors.ts';
import type { Event } from '../../core/search/event.ts';
import { finalProgram } from '../../core/search/final.ts';
import type { Elite } from '../../core/search/program.ts';
import { bytesKept, checkpoints } from '../facts/checkpoint.ts';
import { commandOf } from '../report/command.ts';
import { version } from '../version.ts';
import { empty, lockNew, removeEmpty } from './new-directory.ts';
import { oneAtATime } from './one-at-a-time.ts';
import type { RunState } from './run-state.ts';
import type { Summary } from './summary.ts';

/** A run directory held by this process: its journal, its run.json, its facts.json, its best/ and its lock. */
export interface RunDirectory extends AsyncDisposable {
  readonly dir: string;
  readonly journal: RunJournal;
  readonly manifest: Manifest;
  /** A session starts: run.json says `running`, and `failed` if the directory is closed before `end`. */
  start(): Promise<void>;
  /** Called with every event, in the tick in which it is appended: keeps best/, the facts and the time spent up to date. */
  event(event: Event, course: RunState, seconds: number): void;
  /** Removes the directory when it is closed: nothing was searched. */
  discard(): void;
  /** The problem is found there now. */
  moved(path: string): Promise<void>;
  /** Aborted with a StorageError once something besides the journal cannot be written. */
  readonly failed: AbortSignal;
  /** Writes down how the session ended. */
  end(summary: Summary, best: Elite): Promise<void>;
}

/** Seconds between two updates of the time spent in run.json: what a kill may lose of `--minutes`. */
const noteEvery = 5;

/** Makes a run directory and locks it. @throws ConfigError when it is taken, StorageError */
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
    const run = await hold(dir, held);
    await run.start();
    return run;
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

/** Locks an existing run directory; its run.json stays as it is until `start`. @throws ConfigError, JournalError */
export async function openRunDirectory(dir: string): Promise<RunDirectory> {
  const held = await lock(dir);
  try {
    return await hold(dir, held);
  } catch (error) {
    await held[Symbol.asyncDispose]();
    throw error;
  }
}

/** One idea: the files of a run directory as one resource, with the order in which they close. */
async function hold(dir: string, held: AsyncDisposable): Promise<RunDirectory> {
  const manifest = await openManifest(dir);
  const journal = await openJournal(dir);
  let session: Manifest['sessions'][number] | undefined;
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
  // Each runs even if others fail, the last first.
  const closing = new AsyncDisposableStack();
  closing.use(held);
  closing.defer(() => {
    if (discarded) empty(dir);
  });
  closing.use(manifest);
  closing.defer(() => facts.done());
  closing.use(journal);
  closing.defer(async () => {
    if (discarded || !session || session.ended !== undefined) return;
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
    async start() {
      session = { started: new Date().toISOString(), pid: process.pid };
      const begun = session;
      await manifest.update((data) => {
        data.status = 'running';
        data.sessions.push(begun);
      });
    },
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
      const { fromRun: _, ...rest } = problem;
      await manifest.update((data) => {
        data.problem = { ...rest, ...now };
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
        if (session) session.ended = new Date().toISOString();
      });
    },
    async [Symbol.asyncDispose]() {
      await closing.disposeAsync();
      if (discarded) removeEmpty(dir);
    },
  };
}

/**
 * Refuses to resume a run whose journal lost events: without its opening, or shorter than when it was last kept.
 * @param opened - whether the journal has its opening
 * @throws JournalError
 */
export function refuseLoss({ dir, journal, manifest }: RunDirectory, opened: boolean): void {
  // run.json has a best program once the opening is on disk.
  if (!opened && manifest.best) {
    throw new JournalError(
      `Expected the journal of ${dir} to hold the search whose best program is ${manifest.best.id}, ` +
        `got one without events: put its files journal-*.jsonl back, or start a new search: ${commandOf(manifest, manifest.settings)}`,
    );
  }
  const kept = bytesKept(dir);
  if (kept > journal.bytes) {
    throw new JournalError(
      `Expected the journal of ${dir} to have at least ${kept} bytes, as when ${join(dir, 'facts.json')} was written, ` +
        `got ${journal.bytes}: put it back, or remove facts.json to resume from the rest`,
    );
  }
}
