import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { frame } from '../../core/journal/lines.ts';
import { lock } from '../../core/journal/lock.ts';
import { readJournal } from '../../core/journal/segments.ts';
import type { Event, Opened } from '../../core/search/event.ts';
import { readCheckpoint, writeCheckpoint } from '../../ui/facts/checkpoint.ts';
import type { Facts } from '../../ui/facts/facts.ts';
import { applyToFacts } from '../../ui/facts/fold.ts';
import { openFacts } from '../../ui/facts/open.ts';
import { watchRun } from '../../ui/run/watch-run.ts';
import { atoll } from '../support/processes.ts';
import { until } from '../support/until.ts';

const folder = mkdtempSync(join(tmpdir(), 'atoll-watch-'));
after(() => rmSync(folder, { recursive: true, force: true }));
const never = new AbortController().signal;
const main = fileURLToPath(new URL('../../ui/main.ts', import.meta.url));
const args = ['run', 'symbolic-regression', '--seed', '7', '--evaluations', '700'];
const run = join(folder, 'run');

const foldOf = (events: readonly Event[]): Facts => {
  const facts = openFacts(events[0] as Opened);
  for (const event of events) if (event.type !== 'opened') applyToFacts(facts, event);
  return facts;
};
const watchedFacts = async (dir: string): Promise<{ facts: Facts; events: number }> => {
  let facts: Facts | undefined;
  let events = 0;
  for await (const glimpse of watchRun(dir, never)) {
    facts = glimpse.facts;
    events += glimpse.events.length;
  }
  return { facts: facts!, events };
};
const lines = (text: string): Event[] =>
  text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));

test('a watcher of a running search receives all that the run itself prints, ends with it, and writes nothing', async () => {
  const searching = atoll([...args, '--json', '--dir', run]);
  await until(() => readdirSync(folder).includes('run') && readdirSync(run).includes('run.json'));
  const [watched, plain] = [atoll(['watch', run, '--json']), atoll(['watch', run])];
  const { stdout, code, stderr } = await searching;
  assert.equal(code, 0, stderr);
  const told = lines(stdout).slice(0, -1);
  const seen = await watched;
  assert.deepEqual([seen.code, seen.stderr], [0, '']);
  assert.deepEqual(lines(seen.stdout), told);
  const log = await plain;
  assert.equal(log.code, 0);
  const best = told.findLast((event) => event.type === 'settled' && event.verdict === 'best') as {
    trial: number;
  };
  assert.match(log.stdout, new RegExp(`^ *${best.trial} {2}NMSE \\S+ {2}`, 'm'));
  assert.match(log.stdout, /^Ended: all evaluations are used, after 700 evaluations in /m);
  const times = (): string[] =>
    readdirSync(run).map((name) => `${name} ${statSync(join(run, name)).mtimeMs}`);
  const before = times();
  const again = await atoll(['watch', run, '--plain']);
  assert.match(again.stdout, /^Ended: /m);
  assert.deepEqual(times(), before);
});

test('what a run keeps of its facts is what its journal says', async () => {
  const events = await Array.fromAsync(readJournal(run));
  const kept = await readCheckpoint(run);
  assert.deepEqual(kept?.facts, foldOf(events));
  assert.deepEqual(await watchedFacts(run), { facts: kept!.facts, events: 0 });
});

test('facts of a checkpoint and of what came since are those of the whole journal, wherever it was made', async () => {
  const dir = copy('places');
  const events = await Array.fromAsync(readJournal(run));
  const whole = foldOf(events);
  const places = readFileSync(join(run, 'journal-0001.jsonl'), 'utf8')
    .split('\n')
    .map((line) => Buffer.byteLength(line) + 1);
  for (const count of [1, 2, 30, 777, events.length - 1]) {
    const to = places.slice(0, count).reduce((sum, bytes) => sum + bytes, 0);
    await writeCheckpoint(dir, JSON.stringify(foldOf(events.slice(0, count))), to);
    assert.deepEqual(await watchedFacts(dir), { facts: whole, events: events.length - count });
  }
});

test('a checkpoint that is missing, torn, of another version or of another journal is not used', async () => {
  const events = await Array.fromAsync(readJournal(run));
  const whole = { facts: foldOf(events), events: events.length };
  const text = readFileSync(join(run, 'facts.json'), 'utf8');
  const other = frame(JSON.stringify(events[0]), 0);
  const spoilt: Record<string, (dir: string) => void> = {
    missing: (dir) => rmSync(join(dir, 'facts.json')),
    torn: (dir) => writeFileSync(join(dir, 'facts.json'), text.slice(0, 5000)),
    empty: (dir) => writeFileSync(join(dir, 'facts.json'), ''),
    'no object': (dir) => writeFileSync(join(dir, 'facts.json'), 'null'),
    'of another shape': (dir) =>
      writeFileSync(join(dir, 'facts.json'), text.replace(/"shape":\d+/, '"shape":0')),
    'of another version': (dir) =>
      writeFileSync(join(dir, 'facts.json'), text.replace(/"atoll":"[^"]+"/, '"atoll":"0.0.1"')),
  };
  for (const [name, spoil] of Object.entries(spoilt)) {
    const dir = copy(name);
    spoil(dir);
    assert.deepEqual(await watchedFacts(dir), whole, name);
  }
  // As long as the journal was, line for line, but written at another time.
  const later = copy('another journal');
  const rewritten = readFileSync(join(run, 'journal-0001.jsonl'), 'utf8').replaceAll(
    /^\{"at":1/gm,
    '{"at":2',
  );
  writeFileSync(join(later, 'journal-0001.jsonl'), rewritten);
  assert.deepEqual(await watchedFacts(later), whole);
  const shorter = copy('a journal that lost its end');
  writeFileSync(join(shorter, 'journal-0001.jsonl'), other);
  assert.deepEqual(await watchedFacts(shorter), { facts: foldOf(events.slice(0, 1)), events: 1 });
});

test('where there is no run, watch says so in one line with status 2', async () => {
  mkdirSync(join(folder, 'bare'));
  mkdirSync(join(folder, 'other'));
  writeFileSync(join(folder, 'other', 'notes.txt'), 'x');
  for (const name of ['nowhere', 'bare', 'other']) {
    const { code, stdout, stderr } = await atoll(['watch', join(folder, name)]);
    assert.deepEqual([code, stdout], [2, ''], name);
    assert.match(stderr, /^atoll: Expected .* to be a run directory, got no run\.json in it\n$/);
  }
  const dir = copy('not begun');
  rmSync(join(dir, 'journal-0001.jsonl'));
  const { code, stderr } = await atoll(['watch', dir]);
  assert.equal(code, 2);
  assert.match(stderr, /^atoll: Expected a run with scored seeds in .*, got one that has not begun\n$/);
});

test('a run that is just being made is waited for, and one that was cut off is reported as such', async () => {
  const dir = join(folder, 'starting');
  mkdirSync(dir);
  const held = await lock(dir);
  const watched = watchRun(dir, never);
  const first = watched.next();
  const manifest = readFileSync(join(run, 'run.json'), 'utf8');
  writeFileSync(join(dir, 'run.json'), manifest.replace('"status": "finished"', '"status": "running"'));
  const journal = readFileSync(join(run, 'journal-0001.jsonl'), 'utf8').split('\n');
  writeFileSync(join(dir, 'journal-0001.jsonl'), `${journal.slice(0, 400).join('\n')}\n{"at":17`);
  const { value } = await first;
  assert.ok(value && value.events.length > 0);
  await watched.return();
  const child = spawn(process.execPath, [main, 'watch', dir], { stdio: ['ignore', 'pipe', 'inherit'] });
  let log = '';
  child.stdout.setEncoding('utf8').on('data', (text) => {
    log += text;
  });
  await until(() => log !== '');
  await held[Symbol.asyncDispose]();
  assert.deepEqual(await once(child, 'close'), [0, null]);
  assert.match(log, /^Ended: cut off, after \d+ evaluations in .* To continue: atoll resume .*starting$/m);
});

test('a watcher ends quietly with Ctrl-C or when its reader leaves', async () => {
  const dir = copy('running');
  await using _held = await lock(dir);
  const child = spawn(process.execPath, [main, 'watch', dir], { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(child.stdout, 'data');
  child.kill('SIGINT');
  assert.deepEqual(await once(child, 'close'), [0, null]);
  const reader = spawn(process.execPath, [main, 'watch', dir, '--json'], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  await once(reader.stdout, 'data');
  reader.stdout.destroy();
  let said = '';
  reader.stderr.on('data', (text) => {
    said += text;
  });
  assert.deepEqual([await once(reader, 'exit'), said], [[0, null], '']);
});

function copy(name: string): string {
  const dir = join(folder, name);
  cpSync(run, dir, { recursive: true });
  return dir;
}
