import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { armName } from '../core/arm.ts';
import { handedOut } from '../core/chosen.ts';
import { ConfigError } from '../core/errors.ts';
import type { Event } from '../core/event.ts';
import { writeBest } from '../core/journal/best.ts';
import { openJournal, type RunJournal } from '../core/journal/journal.ts';
import { lock } from '../core/journal/lock.ts';
import { createManifest, type Manifest, openManifest } from '../core/journal/manifest.ts';
import type { Elite } from '../core/program.ts';
import type { Course } from './course.ts';
import { checkpoints } from './facts/checkpoint.ts';
import { oneAtATime } from './latest.ts';
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

/** Makes a run directory and takes hold of it. @throws ConfigError when it is taken. */
export async function createRun(
  dir: string,
  facts: Pick<Manifest, 'problem' | 'settings' | 'models' | 'trainer'>,
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
    writeBest(dir, source, { id, score: outcome.score, arm: armName(arm), parents }),
  );
  const facts = checkpoints(dir, journal);
  let written: Elite | undefined;
  let discarded = false;
  return {
    dir,
    journal,
    manifest: manifest.data,
    event(event, { state, facts: known }, seconds) {
      facts.note(known);
      const first = event.type === 'opened';
      const elite = handedOut(state);
      if (elite !== written) best.write(elite);
      written = elite;
      if (!first && seconds - noted < noteEvery) return;
      noted = seconds;
      const { id, outcome } = elite;
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
