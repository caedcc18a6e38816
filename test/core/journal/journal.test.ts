import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { openJournal } from '../../../core/journal/journal.ts';
import { frame, unframe } from '../../../core/journal/lines.ts';
import { readJournal, segmentsIn } from '../../../core/journal/segments.ts';
import type { Event } from '../../../core/search/event.ts';
import { random } from '../../../core/search/random.ts';
import { drill } from '../../support/drill.ts';

const folder = mkdtempSync(join(tmpdir(), 'atoll-journal-'));
after(() => rmSync(folder, { recursive: true, force: true }));
let directories = 0;
const fresh = (): string => join(folder, String(directories++));

const event = (trial: number, canonical = `c${trial}`): Event => ({ type: 'passed', trial, canonical });
const all = async (dir: string): Promise<Event[]> => Array.fromAsync(readJournal(dir));

async function written(dir: string, count: number, segmentBytes?: number): Promise<Event[]> {
  const events = Array.from({ length: count }, (_, i) => event(i + 1));
  await using journal = await openJournal(dir, segmentBytes ? { segmentBytes } : {});
  for (const each of events) await journal.append(each);
  return events;
}

test('a line is JSON, and any changed byte of it is noticed', () => {
  const line = frame('{"type":"passed","canonical":"é ü"}', 1732330000000).slice(0, -1);
  assert.deepEqual(JSON.parse(line).event, { type: 'passed', canonical: 'é ü' });
  const read = unframe(Buffer.from(line));
  assert.equal('json' in read && String(read.json), '{"type":"passed","canonical":"é ü"}');
  const time = line.indexOf('"length"');
  for (let i = time; i < line.length; i++) {
    const other = line[i] === '7' ? '8' : '7';
    assert.ok('broken' in unframe(Buffer.from(line.slice(0, i) + other + line.slice(i + 1))), `byte ${i}`);
  }
});

test('events come back in order, from as many segments as it takes', async () => {
  const dir = fresh();
  const events = await written(dir, 300, 2000);
  assert.ok(segmentsIn(dir).length > 5);
  assert.deepEqual(await all(dir), events);
});

test('an event is taken as it was when it was appended', async () => {
  const dir = fresh();
  const changing = { type: 'passed' as const, trial: 1, canonical: 'before' };
  await using journal = await openJournal(dir);
  const durable = journal.append(changing);
  changing.canonical = 'after';
  await durable;
  assert.deepEqual(await all(dir), [event(1, 'before')]);
});

test('a last line cut off at any byte is passed over, cut away, and written on from', async () => {
  const dir = fresh();
  const events = await written(dir, 4);
  const path = join(dir, 'journal-0001.jsonl');
  const whole = readFileSync(path);
  const start = whole.lastIndexOf(10, whole.length - 2) + 1;
  for (let end = start; end < whole.length; end++) {
    writeFileSync(path, whole.subarray(0, end));
    assert.deepEqual(await all(dir), events.slice(0, 3), `cut at byte ${end}`);
    await using journal = await openJournal(dir);
    await journal.append(event(9));
    assert.deepEqual(await all(dir), [...events.slice(0, 3), event(9)]);
  }
});

test('a broken line anywhere else is refused by name and number, by readers and writers, and nothing is cut', async () => {
  const dir = fresh();
  await written(dir, 60, 2000);
  const [first] = segmentsIn(dir);
  for (const name of [first!, segmentsIn(dir).at(-1)!]) {
    const path = join(dir, name);
    const whole = readFileSync(path);
    const broken = Buffer.from(whole);
    broken[whole.indexOf(10) + 90]! ^= 4;
    writeFileSync(path, broken);
    const said = {
      name: 'JournalError',
      message: new RegExp(`Expected ${name} line 2 in .* to be a whole event, got `),
    };
    await assert.rejects(all(dir), said);
    if (name !== first) await assert.rejects(openJournal(dir), said);
    assert.deepEqual(readFileSync(path), broken);
    writeFileSync(path, whole);
  }
});

test('an earlier segment that was cut off is refused', async () => {
  const dir = fresh();
  await written(dir, 60, 2000);
  const path = join(dir, segmentsIn(dir)[0]!);
  writeFileSync(path, readFileSync(path).subarray(0, -5));
  await assert.rejects(all(dir), { name: 'JournalError', message: /journal-0001.jsonl .*cut off/ });
});

test('a journal of a later version is refused in words', async () => {
  const dir = fresh();
  await using journal = await openJournal(dir);
  await journal.append({ type: 'opened', version: 4 } as unknown as Event);
  await assert.rejects(all(dir), {
    name: 'JournalError',
    message: /version 1, 2 or 3, got one of version 4/,
  });
});

test('a disk that is full fails the append, every later one, and the close, in words', {
  skip: !existsSync('/dev/full'),
}, async () => {
  const dir = fresh();
  const journal = await openJournal(dir);
  symlinkSync('/dev/full', join(dir, 'journal-0001.jsonl'));
  const said = { name: 'StorageError', message: /Expected to write to .*journal-0001.jsonl, got ENOSPC/ };
  await assert.rejects(journal.append(event(1)), said);
  await assert.rejects(journal.append(event(2)), said);
  await assert.rejects(async () => journal[Symbol.asyncDispose](), said);
});

test('an event that was reported durable survives kill -9, in order and once, time after time', async () => {
  const dir = fresh();
  const writer = fileURLToPath(new URL('../../fixtures/journal/writer.ts', import.meta.url));
  const draw = random('journal kills');
  let next = 1;
  for (let round = 0; round < drill(20, 200); round++) {
    let durable = 0;
    const child = spawn(process.execPath, [writer, dir, String(next)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    child.stdout.on('data', (text) => {
      durable = Number(String(text).trim().split('\n').at(-1));
      if (!child.killed) setTimeout(() => child.kill('SIGKILL'), draw.next() * 60);
    });
    await new Promise((closed) => child.on('close', closed));
    const trials = (await all(dir)).map((each) => (each as { trial: number }).trial);
    assert.deepEqual(
      trials,
      Array.from({ length: trials.length }, (_, i) => i + 1),
    );
    assert.ok(durable > 0 && trials.length >= durable, `${trials.length} there, ${durable} promised`);
    next = trials.length + 1;
  }
});
