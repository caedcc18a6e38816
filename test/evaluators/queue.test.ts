import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { openQueue } from '../../evaluators/queue.ts';

const closed = () => new Error('closed');

test('work starts in order of arrival, and never more at a time than there are places', async () => {
  const queue = openQueue(3, closed);
  const started: number[] = [];
  let running = 0;
  let most = 0;
  const work = async (at: number) => {
    started.push(at);
    most = Math.max(most, ++running);
    await sleep(at % 4);
    running--;
    if (at % 5 === 0) throw new Error(`work ${at}`);
  };
  const all = Array.from({ length: 30 }, (_, at) => queue.run(() => work(at)));
  const settled = await Promise.allSettled(all);
  assert.equal(settled.filter(({ status }) => status === 'rejected').length, 6);
  assert.deepEqual(
    started,
    started.toSorted((a, b) => a - b),
  );
  assert.equal(most, 3);
});

test('who leaves while waiting is not run and takes no place', async () => {
  const queue = openQueue(1, closed);
  const first = Promise.withResolvers<void>();
  const running = queue.run(() => first.promise);
  const stop = new AbortController();
  let ran = false;
  const leaving = queue.run(async () => {
    ran = true;
  }, stop.signal);
  const last = queue.run(async () => 'last');
  stop.abort('bored');
  await assert.rejects(leaving, (error) => error === 'bored');
  first.resolve();
  await running;
  assert.equal(await last, 'last');
  assert.equal(ran, false);
});

test('an aborted caller gets its reason, whatever the work threw', async () => {
  const stop = new AbortController();
  const run = openQueue(1, closed).run(async () => {
    stop.abort('mine');
    throw new Error('its own');
  }, stop.signal);
  await assert.rejects(run, (error) => error === 'mine');
});

test('a closed queue tells those who wait and those who come', async () => {
  const queue = openQueue(1, closed);
  const first = Promise.withResolvers<number>();
  const running = queue.run(() => first.promise);
  const waiting = queue.run(async () => 2);
  await queue[Symbol.asyncDispose]();
  await assert.rejects(waiting, /closed/);
  await assert.rejects(
    queue.run(async () => 3),
    /closed/,
  );
  first.resolve(1);
  assert.equal(await running, 1);
});
