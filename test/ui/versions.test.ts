import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { readJournal } from '../../core/journal/segments.ts';
import type { Event } from '../../core/search/event.ts';
import { bestOf } from '../../ui/run/lineage.ts';
import { atoll } from '../support/processes.ts';

const fixtures = fileURLToPath(new URL('../fixtures/journal', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'atoll-versions-'));
after(() => rmSync(folder, { recursive: true, force: true }));

/** Runs of earlier versions, and what to go on from: the whole journal, or its first events. */
const runs = [
  { name: 'version-1', problem: 'cap-set-8', events: Number.POSITIVE_INFINITY },
  { name: 'version-2', problem: join(fixtures, 'near-line.ts'), events: Number.POSITIVE_INFINITY },
  { name: 'version-2', problem: join(fixtures, 'near-line.ts'), events: 131 },
] as const;

/** A copy of a run of an earlier version, with the hash that it kept of its problem. */
function copyOf({ name, problem, events }: (typeof runs)[number]): string {
  const dir = join(folder, `${name}-${events}`);
  cpSync(join(fixtures, name), dir, { recursive: true });
  const manifest = JSON.parse(readFileSync(join(dir, 'run.json'), 'utf8'));
  manifest.problem.path = problem;
  writeFileSync(join(dir, 'run.json'), JSON.stringify(manifest));
  const journal = join(dir, readdirSync(dir).find((file) => file.startsWith('journal'))!);
  const lines = readFileSync(journal, 'utf8').trimEnd().split('\n');
  writeFileSync(journal, `${lines.slice(0, events).join('\n')}\n`);
  // It says how much of the journal was kept: a shorter one is refused.
  if (Number.isFinite(events)) rmSync(join(dir, 'facts.json'), { force: true });
  return dir;
}

const counted = (events: readonly Event[], type: Event['type']): number =>
  events.filter((event) => event.type === type).length;

for (const run of runs) {
  const cut = Number.isFinite(run.events) ? `, cut after ${run.events} events` : '';
  test(`a run of ${run.name}${cut} is resumed, reported, and returns its best program`, async () => {
    const dir = copyOf(run);
    const before = await Array.fromAsync(readJournal(dir));
    const { evaluations } = JSON.parse(readFileSync(join(dir, 'run.json'), 'utf8')).settings;
    const resumed = await atoll(['resume', dir, '--plain', '--evaluations', String(evaluations + 20)]);
    assert.equal(resumed.code, 0, resumed.stderr);
    const events = await Array.fromAsync(readJournal(dir));
    assert.deepEqual(events.slice(0, before.length), before);
    assert.ok(counted(events, 'settled') > counted(before, 'settled'));
    assert.equal(counted(events, 'begun'), counted(events, 'settled'));
    const used = events.reduce((sum, event) => sum + (event.type === 'settled' ? event.evaluations : 0), 1);
    assert.ok(used > evaluations && used <= evaluations + 20, `${used} evaluations`);
    const reported = await atoll(['report', dir]);
    assert.equal(reported.code, 0, reported.stderr);
    const { score } = await bestOf(dir);
    const best = Math.max(
      ...events.flatMap((event) =>
        event.type === 'evaluated' && event.outcome.status === 'scored' ? [event.outcome.score] : [],
      ),
    );
    assert.equal(score, best);
    const watched = await atoll(['watch', dir, '--json']);
    assert.equal(watched.code, 0, watched.stderr);
    const begun = watched.stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Event)
      .filter((event) => event.type === 'begun');
    assert.ok(begun.every(({ arm }) => typeof arm.operator === 'string' && !arm.operator.includes('@')));
  });
}
