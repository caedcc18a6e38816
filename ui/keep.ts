import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { ConfigError } from '../core/errors.ts';
import type { Event } from '../core/event.ts';
import { writeBest } from '../core/journal/best.ts';
import { openJournal, type RunJournal } from '../core/journal/journal.ts';
import { lock } from '../core/journal/lock.ts';
import { createManifest, type Manifest, openManifest } from '../core/journal/manifest.ts';
import type { Elite } from '../core/program.ts';
import type { Course } from './course.ts';
import { writeCheckpoint } from './facts/checkpoint.ts';
import type { Facts } from './facts/facts.ts';
import type { Summary } from './summary.ts';
import { version } from './version.ts';

/** A run directory held by this process: its journal, its run.json, its facts.json, its best/ and its lock. */
export interface Run extends AsyncDisposable {
  readonly dir: string;
  readonly journal: RunJournal;
  readonly manifest: Manifest;
  /** To be told of every event, in the tick in which it is appended: keeps best/, the facts and the time spent up to date. */
  event(event: Event, course: Course, seconds: number): void;
  /** Takes the directory away once it is let go: nothing was searched. */
  discard(): void;
  /** Writes down how the session ended. */
  end(summary: Summary, best: Elite): Promise<void>;
}

/** Seconds between two notes in run.json of the time spent: what a kill may lose of `--minutes`. */
const noteEvery = 5;

/** Bytes of the journal between two checkpoints: what a watcher may have to read. */
const checkpointEvery = 16 * 2 ** 20;

/** Makes a run directory and takes hold of it. @throws ConfigError when it is taken. */
export async function createRun(
  dir: string,
  facts: Pick<Manifest, 'problem' | 'settings' | 'models'>,
): Promise<Run> {
  mkdirSync(dir, { recursive: true });
  // What a kill in the first moments leaves is no run yet.
  const there = readdirSync(dir).filter((name) => !/^lock|\.tmp$/.test(name));
  if (there.length > 0)
    throw new ConfigError(`Expected ${dir} to be new or empty, got a folder with ${there[0]} in it`);
  const held = await lock(dir);
  const versions = { atoll: version, node: process.versions.node };
  await createManifest(dir, { version: 1, ...facts, status: 'running', seconds: 0, versions, sessions: [] });
  return hold(dir, held);
}

/** Takes hold of a run directory that is there. @throws ConfigError, JournalError */
export async function openRun(dir: string): Promise<Run> {
  const held = await lock(dir);
  try {
    return await hold(dir, held);
  } catch (error) {
    await held[Symbol.asyncDispose]();
    throw error;
  }
}

async function hold(dir: string, held: AsyncDisposable): Promise<Run> {
  const manifest = await openManifest(dir);
  const journal = await openJournal(dir);
  const started = new Date().toISOString();
  const session = manifest.data.sessions.length;
  await manifest.update((data) => {
    data.status = 'running';
    data.sessions.push({ started, pid: process.pid });
  });
  let noted = manifest.data.seconds;
  const best = oneAtATime(({ id, source, outcome, arm, parents }: Elite) =>
    writeBest(dir, source, { id, score: outcome.score, arm, parents }),
  );
  const facts = checkpoints(dir, journal);
  let discarded = false;
  return {
    dir,
    journal,
    manifest: manifest.data,
    event(event, { state, facts: known }, seconds) {
      facts.note(known);
      const first = event.type === 'opened';
      if (first || (event.type === 'settled' && event.verdict === 'best')) best.write(state.best);
      if (!first && seconds - noted < noteEvery) return;
      noted = seconds;
      const { id, outcome } = state.best;
      manifest.update((data) => {
        data.seconds = seconds;
        data.best = { id, score: outcome.score, test: null };
      });
    },
    discard() {
      discarded = true;
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
      await best.done();
      if (!discarded && manifest.data.status === 'running') {
        await manifest.update((data) => {
          data.status = 'failed';
        });
      }
      await journal[Symbol.asyncDispose]();
      await facts.done();
      await manifest[Symbol.asyncDispose]();
      if (discarded) rmSync(dir, { recursive: true, force: true });
      else await held[Symbol.asyncDispose]();
    },
  };
}

/** Keeps the facts every so many bytes of a journal, and at the end. */
function checkpoints(dir: string, journal: RunJournal): { note(facts: Facts): void; done(): Promise<void> } {
  let latest: Facts | undefined;
  let kept = journal.bytes;
  const writer = oneAtATime(async ({ text, to }: { text: string; to: number }) => {
    await journal.settled();
    await writeCheckpoint(dir, text, to);
  });
  const keep = (facts: Facts): void => {
    kept = journal.bytes;
    writer.write({ text: JSON.stringify(facts), to: kept });
  };
  return {
    note(facts) {
      latest = facts;
      if (journal.bytes - kept >= checkpointEvery) keep(facts);
    },
    async done() {
      if (latest && kept < journal.bytes) keep(latest);
      // Nothing is lost without it but the time to read the journal.
      await writer.done().catch(() => {});
    },
  };
}

/** Writes one thing at a time; of several that wait, only the latest. */
function oneAtATime<T>(write: (item: T) => Promise<void>): { write(item: T): void; done(): Promise<void> } {
  let waiting: { readonly item: T } | undefined;
  let writing: Promise<void> | undefined;
  let failure: unknown;
  const work = async (): Promise<void> => {
    while (waiting) {
      const { item } = waiting;
      waiting = undefined;
      await write(item);
    }
    writing = undefined;
  };
  return {
    write(item) {
      waiting = { item };
      writing ??= work().catch((error) => {
        failure = error;
      });
    },
    async done() {
      await writing;
      if (failure) throw failure;
    },
  };
}
