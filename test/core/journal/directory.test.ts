import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { writeBest } from '../../../core/journal/best.ts';
import { lock } from '../../../core/journal/lock.ts';
import { createManifest, type Manifest, openManifest, readManifest } from '../../../core/journal/manifest.ts';
import { configure } from '../../../core/search/configure.ts';

const folder = mkdtempSync(join(tmpdir(), 'atoll-directory-'));
after(() => rmSync(folder, { recursive: true, force: true }));
let directories = 0;
const fresh = (): string => {
  const dir = join(folder, String(directories++));
  mkdirSync(dir);
  return dir;
};

const manifest: Manifest = {
  version: 1,
  problem: { name: 'p', hash: 'h', path: 'p' },
  settings: configure({}),
  status: 'running',
  seconds: 0,
  versions: { atoll: '0', node: '0' },
  sessions: [],
};

test('changes to run.json that come together are one file in the end, the last', async () => {
  const dir = fresh();
  await createManifest(dir, manifest);
  await using held = await openManifest(dir);
  const updates = Array.from({ length: 50 }, (_, i) =>
    held.update((data) => {
      data.seconds = i;
    }),
  );
  await Promise.all(updates);
  assert.equal(readManifest(dir).seconds, 49);
  assert.deepEqual(readdirSync(dir), ['run.json']);
});

test('a folder without run.json, and a run.json that is none, are refused in words', async () => {
  const dir = fresh();
  assert.throws(() => readManifest(dir), {
    name: 'ConfigError',
    message: /to be a run directory, got no run.json/,
  });
  writeFileSync(join(dir, 'run.json'), '{"version": 1');
  assert.throws(() => readManifest(dir), { name: 'JournalError', message: /run.json to be JSON, got / });
  writeFileSync(join(dir, 'run.json'), '{"version": 9}');
  assert.throws(() => readManifest(dir), { name: 'JournalError', message: /manifest of version 1/ });
});

test('a reader of best/ never meets half a file, and old files go', async () => {
  const dir = fresh();
  const path = join(dir, 'best', 'program.js');
  const text = (n: number): string => `${n}\n`.repeat(50_000);
  await writeBest(dir, { 'program.js': text(0), 'old/part.js': 'x' }, { id: 'seed-1' });
  let reading = true;
  let reads = 0;
  const reader = (async () => {
    for (; reading; reads++) {
      const lines = readFileSync(path, 'utf8').trimEnd().split('\n');
      assert.equal(lines.length, 50_000);
      assert.equal(new Set(lines).size, 1);
      await new Promise(setImmediate);
    }
  })();
  for (let n = 1; n <= 30; n++) await writeBest(dir, { 'program.js': text(n) }, { id: `trial-${n}` });
  reading = false;
  await reader;
  assert.ok(reads > 5);
  assert.equal(existsSync(join(dir, 'best', 'old', 'part.js')), false);
  assert.deepEqual(JSON.parse(readFileSync(join(dir, 'best', 'about.json'), 'utf8')), { id: 'trial-30' });
});

test('a program cannot write outside its folder', async () => {
  for (const name of ['../x.js', 'a/../../x.js', 'about.json']) {
    await assert.rejects(writeBest(fresh(), { [name]: 'x' }, {}), { name: 'ConfigError' }, name);
  }
});

test('a lock keeps others out with the owner named, until it is let go', async () => {
  const dir = fresh();
  const held = await lock(dir);
  await assert.rejects(lock(dir, { patienceMs: 100 }), {
    name: 'ConfigError',
    message: new RegExp(`to be free, got one that process ${process.pid} on .* is writing`),
  });
  await held[Symbol.asyncDispose]();
  await using _again = await lock(dir, { patienceMs: 0 });
  assert.deepEqual(readdirSync(dir), ['lock']);
});

test('a lock whose pid now belongs to another process is taken over', {
  skip: !existsSync('/proc/self/stat'),
}, async () => {
  const dir = fresh();
  writeFileSync(join(dir, 'lock'), JSON.stringify({ pid: process.pid, host: hostname(), started: '1' }));
  await using _held = await lock(dir, { patienceMs: 0 });
});

test('of several processes that race for a dead owner’s lock, one gets it', async () => {
  const taker = fileURLToPath(new URL('../../fixtures/journal/taker.ts', import.meta.url));
  for (let round = 0; round < 3; round++) {
    const dir = fresh();
    writeFileSync(join(dir, 'lock'), JSON.stringify({ pid: 2 ** 22 + 1, host: hostname(), started: '1' }));
    const takers = Array.from({ length: 4 }, () =>
      spawn(process.execPath, [taker, dir], { stdio: ['pipe', 'pipe', 'inherit'] }),
    );
    const answers = (): Promise<string[]> =>
      Promise.all(takers.map(async ({ stdout }) => String((await once(stdout, 'data'))[0])));
    assert.deepEqual(await answers(), Array(4).fill('ready'));
    const spoken = answers();
    for (const { stdin } of takers) stdin.write('go');
    // Each keeps what it took until all have answered.
    const said = await spoken;
    for (const each of takers) each.kill('SIGKILL');
    assert.equal(said.filter((each) => each === 'taken').length, 1, said.join('; '));
    assert.ok(
      said.every((each) => each === 'taken' || /to be free/.test(each)),
      said.join('; '),
    );
  }
});
