import { createReadStream, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { JournalError } from '../search/errors.ts';
import type { Event } from '../search/event.ts';
import { linesIn, unframe } from './lines.ts';
import { upcast } from './upcast.ts';

/** A journal is split into files of limited size: journal-0001.jsonl, journal-0002.jsonl, ... */
export function segmentName(number: number): string {
  return `journal-${String(number).padStart(4, '0')}.jsonl`;
}

/** The segments of a run directory, in order. */
export function segmentsIn(dir: string): string[] {
  return readdirSync(dir)
    .filter((name) => /^journal-\d{4,}\.jsonl$/.test(name))
    .sort((a, b) => a.length - b.length || (a < b ? -1 : 1));
}

/**
 * The events of a run directory in order, also while another process writes it. A torn last line is skipped.
 * @throws JournalError with file and line for a line that is broken anywhere else.
 */
export async function* readJournal(dir: string): AsyncGenerator<Event, void> {
  const names = segmentsIn(dir);
  for (const [i, name] of names.entries()) {
    for await (const line of linesOf(dir, name, i === names.length - 1)) yield eventIn(line.json);
  }
}

/** The event of a complete line. @throws JournalError for one of a later version. */
export function eventIn(json: Buffer): Event {
  return upcast(JSON.parse(json.toString()));
}

/**
 * Bytes of the complete lines of the last segment; the rest is a torn tail.
 * @throws JournalError when complete lines follow a broken one, which is then no tail.
 */
export async function wholeBytes(dir: string, name: string): Promise<number> {
  let bytes = 0;
  for await (const line of linesOf(dir, name, true)) bytes += line.bytes;
  return bytes;
}

/** The complete lines of a segment. Only the end of the last segment may be torn. */
async function* linesOf(
  dir: string,
  name: string,
  last: boolean,
): AsyncGenerator<{ json: Buffer; bytes: number }> {
  let broken: string | undefined;
  for await (const { lines, first, rest } of chunksOf(join(dir, name))) {
    for (const [at, line] of lines.entries()) {
      if (broken) throw new JournalError(broken);
      const read = unframe(line);
      if ('json' in read) yield { json: read.json, bytes: line.length + 1 };
      else broken = `Expected ${name} line ${first + at} in ${dir} to be a whole event, got ${read.broken}`;
    }
    if (rest.length > 0)
      broken ??= `Expected ${name} in ${dir} to end with a whole line, got one that was cut off`;
  }
  if (broken && !last) throw new JournalError(broken);
}

interface Chunk {
  readonly lines: readonly Buffer[];
  /** Number of the first line, from 1. */
  readonly first: number;
  /** The bytes after the last line feed, at the end of the file. */
  readonly rest: Buffer;
}

const nothing = Buffer.alloc(0);

async function* chunksOf(path: string): AsyncGenerator<Chunk> {
  let rest: Buffer = nothing;
  let first = 1;
  for await (const bytes of createReadStream(path, { highWaterMark: 1 << 20 })) {
    const found = linesIn(Buffer.concat([rest, bytes]));
    rest = found.rest;
    yield { lines: found.lines, first, rest: nothing };
    first += found.lines.length;
  }
  yield { lines: [], first, rest };
}
