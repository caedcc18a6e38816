import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { openRunClock } from '../../evaluators/run-clock.ts';

const file = fileURLToPath(new URL('../fixtures/stopped.ts', import.meta.url));

/** The processes that a process started from any of its threads. */
function sandboxesOf(pid: number): number[] {
  return readdirSync(`/proc/${pid}/task`).flatMap((id) =>
    readFileSync(`/proc/${pid}/task/${id}/children`, 'utf8').trim().split(' ').filter(Boolean).map(Number),
  );
}

/** What became of a program whose process, or all of them, were stopped for longer than its wall limit. */
async function after(stop: (owner: ChildProcess, signal: NodeJS.Signals) => void): Promise<string> {
  const owner = spawn(process.execPath, [file], { stdio: ['ignore', 'pipe', 'inherit'], detached: true });
  const lines = createInterface({ input: owner.stdout! });
  assert.deepEqual(await once(lines, 'line'), ['running']);
  stop(owner, 'SIGSTOP');
  // Longer than the wall limit of 4 s with its grace: only a clock that knows of the stop can tell.
  await sleep(4600);
  const [last] = await Promise.all([once(lines, 'line'), stop(owner, 'SIGCONT')]);
  return last[0];
}

test('a program is not blamed for the time in which its whole process group was stopped', async () => {
  assert.equal(await after(({ pid }, signal) => process.kill(-pid!, signal)), '"scored"');
});

test('a program is not blamed for the time in which its process alone was stopped', async () => {
  const status = await after(({ pid }, signal) => {
    for (const each of sandboxesOf(pid!)) process.kill(each, signal);
  });
  assert.equal(status, '"scored"');
});

test('a run clock counts looks that come in time, and neither long gaps nor stops', () => {
  let now = 0;
  const clock = openRunClock(100, () => now);
  const look = (after: number, stopped = false) => {
    now += after;
    clock.look(stopped);
    return clock.elapsed;
  };
  assert.equal(look(50), 50);
  assert.equal(look(5000), 150);
  assert.equal(look(60, true), 150);
  assert.equal(look(40), 190);
});
