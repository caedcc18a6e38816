import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Facts } from '../../ui/facts/facts.ts';
import { watchedClock } from '../../ui/run/watch-run.ts';

test('the clock of a watched run goes on while a trial is running, and stands still while none is', (t) => {
  const dir = mkdtempSync(join(tmpdir(), 'atoll-clock-'));
  t.after(() => rmSync(dir, { recursive: true, force: true }));
  writeFileSync(join(dir, 'journal-0001.jsonl'), '');
  utimesSync(join(dir, 'journal-0001.jsonl'), 1000, 1000);
  let now = 1_003_000;
  const clock = watchedClock(dir, () => now);
  const facts = (milliseconds: number, pending: number) =>
    ({ counts: { milliseconds }, pending: Array.from({ length: pending }) }) as unknown as Facts;
  clock.see(facts(5000, 1), true);
  assert.equal(clock.elapsed(), 8000, 'three seconds went by since the last event');
  now += 2000;
  assert.equal(clock.elapsed(), 10_000);
  clock.see(facts(5000, 2), true);
  assert.equal(clock.elapsed(), 10_000, 'an event that tells no time sets nothing back');
  clock.see(facts(10_500, 0), true);
  now += 60_000;
  assert.equal(clock.elapsed(), 10_500, 'paused');
  clock.see(facts(10_500, 1), true);
  now += 100;
  assert.equal(clock.elapsed(), 10_600, 'a pause is no time of the search');
  clock.see(facts(10_500, 1), false);
  assert.equal(clock.elapsed(), 10_500, 'no process writes the run');
});
