import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { drill } from '../support/drill.ts';
import { atoll, eventsOf, killed } from '../support/processes.ts';

const folder = mkdtempSync(join(tmpdir(), 'atoll-resume-'));
after(() => rmSync(folder, { recursive: true, force: true }));

const args = ['symbolic-regression', '--seed', '7', '--evaluations', '1500', '--plain'];
const peace = join(folder, 'peace');

test('one seed gives one journal, with 1 worker and with 2', async () => {
  const other = join(folder, 'two');
  const [one, two] = [
    await atoll(['run', ...args, '--workers', '1', '--dir', peace]),
    await atoll(['run', ...args, '--workers', '2', '--dir', other]),
  ];
  assert.deepEqual([one.code, two.code], [0, 0], one.stderr + two.stderr);
  const events = await eventsOf(peace);
  assert.ok(events.length > 2000, `${events.length} events`);
  assert.deepEqual(await eventsOf(other), events);
});

test('a search killed with -9 again and again and resumed has the journal of one left in peace', async () => {
  const dir = join(folder, 'killed');
  const kills = await killed(args, dir, drill(7, 40), 1400);
  assert.ok(kills >= 4, `it was killed ${kills} times before it ended`);
  assert.deepEqual(await eventsOf(dir), await eventsOf(peace));
});

test('no trial is begun, evaluated or settled twice', async () => {
  const events = (await eventsOf(join(folder, 'killed'))).map((line) => JSON.parse(line));
  for (const type of ['begun', 'proposed', 'passed', 'evaluated', 'settled']) {
    const trials = events.filter((event) => event.type === type).map((event) => event.trial);
    assert.equal(new Set(trials).size, trials.length, type);
  }
});

test('a finished search goes on with a larger budget, and only then', async () => {
  const before = await eventsOf(peace);
  assert.equal((await atoll(['resume', peace, '--plain'])).code, 0);
  assert.deepEqual(await eventsOf(peace), before);
  assert.equal((await atoll(['resume', peace, '--evaluations', '1600', '--plain'])).code, 0);
  const events = (await eventsOf(peace)).map((line) => JSON.parse(line));
  const used = events.reduce((sum, event) => sum + (event.type === 'settled' ? event.evaluations : 0), 1);
  assert.ok(used > 1500 && used <= 1600, `${used} evaluations`);
});

test('in order of arrival, too, what was recorded is neither lost nor asked for again', async () => {
  const dir = join(folder, 'arrival');
  await killed([...args, '--order', 'arrival'], dir, drill(4, 40), 1400);
  const events = (await eventsOf(dir)).map((line) => JSON.parse(line));
  for (const type of ['begun', 'proposed', 'passed', 'evaluated', 'settled']) {
    const trials = events.filter((event) => event.type === type).map((event) => event.trial);
    assert.equal(new Set(trials).size, trials.length, type);
  }
  const replies = events
    .filter((event) => event.type === 'replied')
    .map((event) => `${event.trial}/${event.step}`);
  assert.equal(new Set(replies).size, replies.length);
});
