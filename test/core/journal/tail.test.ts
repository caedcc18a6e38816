import assert from 'node:assert/strict';
import {
  appendFileSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { openJournal } from '../../../core/journal/journal.ts';
import { frame } from '../../../core/journal/lines.ts';
import { segmentsIn } from '../../../core/journal/segments.ts';
import { mark, spanOf } from '../../../core/journal/span.ts';
import { tailJournal } from '../../../core/journal/tail.ts';
import type { Event } from '../../../core/search/event.ts';
import { until } from '../../support/until.ts';

const folder = mkdtempSync(join(tmpdir(), 'atoll-follow-'));
after(() => rmSync(folder, { recursive: true, force: true }));
let directories = 0;
const fresh = (): string => join(folder, String(directories++));
const event = (trial: number): Event => ({ type: 'passed', trial, canonical: 'é'.repeat(trial % 40) });
const events = (from: number, to: number): Event[] =>
  Array.from({ length: to - from }, (_, i) => event(from + i));
const never = new AbortController().signal;

async function write(dir: string, some: readonly Event[], segmentBytes = 2000): Promise<number> {
  await using journal = await openJournal(dir, { segmentBytes });
  for (const each of some) await journal.append(each);
  return journal.bytes;
}

interface Follower {
  readonly told: Event[];
  /** Resolves once the follower has read all that the journal holds now. */
  read(): Promise<void>;
  stop(): Promise<number>;
}

/** Follows in the background until `stop`, and collects the events. */
function gather(dir: string, from = 0): Follower {
  const told: Event[] = [];
  let place = from;
  let looks = 0;
  let over = false;
  const asked = (): boolean => {
    looks += 1;
    return over;
  };
  const done = (async () => {
    for await (const { events, to } of tailJournal(dir, from, asked, never)) {
      told.push(...events);
      place = to;
    }
  })();
  return {
    told,
    // The look that is going on may have begun before; the one after it has not, and is over when a third begins.
    read() {
      const before = looks;
      return until(() => looks >= before + 2);
    },
    async stop() {
      over = true;
      await done;
      return place;
    },
  };
}

test('a follower receives all events in order, once, as they are written, over many segments', async () => {
  const dir = fresh();
  await write(dir, events(0, 50));
  const { told, stop } = gather(dir);
  for (let from = 50; from < 400; from += 50) {
    await write(dir, events(from, from + 50));
    await until(() => told.length >= from);
  }
  const place = await stop();
  assert.deepEqual(told, events(0, 400));
  assert.ok(segmentsIn(dir).length > 10);
  assert.equal(place, (await spanOf(dir)).size);
});

test('from any place where a line begins the rest is received, and the same place is reached', async () => {
  const dir = fresh();
  const all = events(0, 60);
  const size = await write(dir, all);
  let place = 0;
  for (const [i, each] of all.entries()) {
    const told: Event[] = [];
    let reached = place;
    for await (const { events, to } of tailJournal(dir, place, () => true, never)) {
      told.push(...events);
      reached = to;
    }
    assert.equal(reached, size);
    assert.deepEqual(told, all.slice(i));
    place += Buffer.byteLength(frame(JSON.stringify(each), Date.now()));
  }
});

test('a torn last line is waited for, also one that a crash left and a later session wrote over', async () => {
  const dir = fresh();
  await write(dir, events(0, 3));
  const path = join(dir, 'journal-0001.jsonl');
  const line = frame(JSON.stringify(event(3)), Date.now());
  const { told, read, stop } = gather(dir);
  appendFileSync(path, line.slice(0, 70));
  await read();
  assert.deepEqual(told, events(0, 3));
  appendFileSync(path, line.slice(70));
  await read();
  assert.deepEqual(told, events(0, 4));
  appendFileSync(path, line.slice(0, 90));
  await read();
  // Opening the journal for writing cuts the torn line off.
  await write(dir, [event(77)]);
  await stop();
  assert.deepEqual(told, [...events(0, 4), event(77)]);
});

test('a broken line with others after it is an error, whether a process writes or not', async () => {
  for (const written of [true, false]) {
    const dir = fresh();
    await write(dir, events(0, 20), 1e6);
    const path = join(dir, 'journal-0001.jsonl');
    const bytes = readFileSync(path);
    bytes[bytes.indexOf(10) + 100]! ^= 4;
    writeFileSync(path, bytes);
    const told: Event[] = [];
    const follower = async (): Promise<void> => {
      for await (const { events } of tailJournal(dir, 0, () => !written, never)) told.push(...events);
    };
    await assert.rejects(follower, {
      name: 'JournalError',
      message: /^Expected a whole event at byte \d+ of/,
    });
    assert.deepEqual(told, [event(0)]);
  }
});

test('a segment that breaks off before the next one begins is an error', async () => {
  const dir = fresh();
  await write(dir, events(0, 60));
  const path = join(dir, segmentsIn(dir)[0]!);
  truncateSync(path, statSync(path).size - 5);
  await assert.rejects(gather(dir).stop(), { name: 'JournalError', message: /journal-0001.jsonl .*cut off/ });
});

test('a journal that is shorter than what was read of it is an error', async () => {
  const dir = fresh();
  const size = await write(dir, events(0, 5));
  await assert.rejects(gather(dir, size + 1).stop(), { name: 'JournalError', message: /to have \d+ bytes/ });
});

test('a follower that is aborted while it waits ends without another look', async () => {
  const dir = fresh();
  await write(dir, events(0, 5));
  const stop = new AbortController();
  let looks = 0;
  let last = false;
  const asked = (): boolean => {
    if (++looks === 3) stop.abort();
    return false;
  };
  for await (const { all } of tailJournal(dir, 0, asked, stop.signal)) last = all;
  assert.ok(last);
  assert.equal(looks, 3);
});

test('a journal is known again at any place by what stands before it, and another journal is not', async () => {
  const [dir, other] = [fresh(), fresh()];
  await write(dir, events(0, 100));
  const written = Date.now();
  await until(() => Date.now() > written);
  await write(other, events(0, 100));
  const [one, two] = [await spanOf(dir), await spanOf(other)];
  const marks = new Set<string>();
  for (let place = 100; place <= one.size; place += 997) {
    const found = await mark(one, place);
    assert.ok(found !== undefined);
    assert.equal(await mark(one, place), found);
    assert.notEqual(await mark(two, place), found);
    marks.add(found);
  }
  assert.ok(marks.size > 5);
  assert.equal(await mark(one, one.size + 1), undefined);
});
