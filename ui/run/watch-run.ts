import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { isHeld } from '../../core/journal/lock.ts';
import { readManifest } from '../../core/journal/manifest.ts';
import { tailJournal } from '../../core/journal/tail.ts';
import { ConfigError, JournalError } from '../../core/search/errors.ts';
import type { Event } from '../../core/search/event.ts';
import { readCheckpoint } from '../facts/checkpoint.ts';
import type { Facts } from '../facts/facts.ts';
import { applyToFacts } from '../facts/fold.ts';
import { openFacts } from '../facts/open.ts';

/** The facts of a watched run after more of its journal was read. */
export interface RunSnapshot {
  /** Kept up to date: the same object each time. */
  readonly facts: Facts;
  /** The events since the last snapshot, already in the facts; without those in a checkpoint. */
  readonly events: readonly Event[];
  /** Whether the whole journal was read. */
  readonly all: boolean;
}

/**
 * The facts of a run, again each time its journal grows: from its checkpoint, if it has one, and the rest of the
 * journal. Reads only. Ends when no process writes the run any more, or when `signal` is aborted.
 * @throws ConfigError where there is no run, JournalError for a journal that cannot be believed.
 */
export async function* watchRun(dir: string, signal: AbortSignal): AsyncGenerator<RunSnapshot, void> {
  await awaitRun(dir, signal);
  const kept = await readCheckpoint(dir);
  let facts = kept?.facts;
  for await (const { events, all } of tailJournal(dir, kept?.to ?? 0, () => !isHeld(dir), signal)) {
    for (const event of events) facts = known(facts, event, dir);
    if (facts) yield { facts, events, all };
  }
  if (!facts && !signal.aborted) {
    throw new ConfigError(`Expected a run with scored seeds in ${dir}, got one that has not begun`);
  }
}

function known(facts: Facts | undefined, event: Event, dir: string): Facts {
  if (event.type === 'opened') return openFacts(event);
  if (!facts) {
    throw new JournalError(`Expected the journal of ${dir} to begin with \`opened\`, got \`${event.type}\``);
  }
  applyToFacts(facts, event);
  return facts;
}

/** The clock of a watched run: its journal records the time only when a trial settles. */
export interface WatchedClock {
  /** Takes the current facts; `live`: whether a process writes the run. */
  see(facts: Pick<Facts, 'counts' | 'pending'>, live: boolean): void;
  /** Milliseconds that the search has run; estimated between two settled trials. */
  elapsed(): number;
}

/** A clock for the run in a directory. `now`: milliseconds since 1970. */
export function watchedClock(dir: string, now: () => number = Date.now): WatchedClock {
  let told = 0;
  // The time of that reading: for the first one, when the journal was last written.
  let at: number | undefined;
  let going = false;
  return {
    see({ counts, pending }, live) {
      if (at === undefined) at = lastWritten(dir) ?? now();
      else if (counts.milliseconds !== told || !going) at = now();
      told = counts.milliseconds;
      going = live && pending.length > 0;
    },
    elapsed: () => (going && at !== undefined ? told + Math.max(0, now() - at) : told),
  };
}

/** When a run's journal was last written, in milliseconds since 1970. */
function lastWritten(dir: string): number | undefined {
  const names = readdirSync(dir).filter((name) => /^journal-\d+\.jsonl$/.test(name));
  const times = names.map((name) => statSync(join(dir, name)).mtimeMs);
  return times.length > 0 ? Math.max(...times) : undefined;
}

/** Makes sure that there is a run in a directory, and waits for one that is just being made. @throws ConfigError */
export async function awaitRun(dir: string, signal: AbortSignal): Promise<void> {
  while (!existsSync(join(dir, 'run.json')) && isHeld(dir) && !signal.aborted) {
    await setTimeout(50, undefined, { signal }).catch(() => {});
  }
  if (!signal.aborted) readManifest(dir);
}
