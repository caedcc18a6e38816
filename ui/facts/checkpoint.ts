import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { replaceFile } from '../../core/journal/files.ts';
import type { RunJournal } from '../../core/journal/journal.ts';
import { mark, spanOf } from '../../core/journal/span.ts';
import { oneAtATime } from '../run/one-at-a-time.ts';
import { version } from '../version.ts';
import type { Facts } from './facts.ts';

/** The facts after a prefix of the journal. */
export interface Checkpoint {
  readonly facts: Facts;
  /** Length of that prefix in bytes. */
  readonly to: number;
}

/** Raised whenever `Facts` changes: facts of another shape are recomputed. */
const shape = 5;

const path = (dir: string): string => join(dir, 'facts.json');

/** Bytes of the journal between two checkpoints: what a watcher may have to read. */
const checkpointEvery = 16 * 2 ** 20;

/** Writes the facts each time a journal has grown by `checkpointEvery` bytes, and at the end. */
export function checkpoints(
  dir: string,
  journal: RunJournal,
): { note(facts: Facts): void; done(): Promise<void> } {
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

/** Keeps facts, as text, in a run directory. The journal up to `to` is on disk. */
export async function writeCheckpoint(dir: string, facts: string, to: number): Promise<void> {
  const about = { shape, atoll: version, to, mark: await mark(await spanOf(dir), to) };
  await replaceFile(path(dir), `${JSON.stringify(about).slice(0, -1)},"facts":${facts}}\n`);
}

/**
 * The facts that a run directory keeps, where they can be used: written by this version, of this journal. It is a
 * cache: where there are none, the journal says it all.
 */
export async function readCheckpoint(dir: string): Promise<Checkpoint | undefined> {
  try {
    const kept = JSON.parse(readFileSync(path(dir), 'utf8'));
    if (kept.shape !== shape || kept.atoll !== version) return undefined;
    const { facts, to } = kept as Checkpoint;
    return kept.mark !== undefined && kept.mark === (await mark(await spanOf(dir), to))
      ? { facts, to }
      : undefined;
  } catch {
    // Missing, torn, or from another version: the facts are recomputed.
    return undefined;
  }
}

/** Bytes of the journal that were on disk when facts were last written, by any version; 0 without facts. */
export function bytesKept(dir: string): number {
  try {
    const { to } = JSON.parse(readFileSync(path(dir), 'utf8')) as Partial<Checkpoint>;
    return typeof to === 'number' ? to : 0;
  } catch {
    // Missing or torn: it is a cache, and says nothing.
    return 0;
  }
}
