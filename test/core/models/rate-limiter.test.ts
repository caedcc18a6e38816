import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openModel } from '../../../core/models/open.ts';
import { joinLimiter } from '../../../core/models/rate-limiter.ts';
import { openModelServer } from '../../fixtures/model-server.ts';

const never = new AbortController().signal;
const prompt = [{ role: 'user', text: 'Hello' }] as const;

test('no more calls are in flight than the narrowest of the models of a provider allows', async () => {
  await using server = await openModelServer(() => ({ text: 'hi', delay: 60 }));
  const open = (calls: number, name: string) =>
    openModel(`compatible:${name}@${server.url}#calls=${calls}`, {});
  await using wide = await open(6, 'a');
  const asks = async (models: readonly (typeof wide)[]) => {
    await Promise.all(
      Array.from({ length: 24 }, async (_, i) => {
        const model = models[i % models.length]!;
        using _slot = await model.slot(never);
        await model.ask(prompt, never);
      }),
    );
  };
  {
    await using narrow = await open(3, 'b');
    await asks([wide, narrow]);
    assert.equal(server.peak, 3);
  }
  await asks([wide]);
  assert.equal(server.peak, 6);
  assert.equal(server.requests.length, 48);
});

test('after a busy answer all models of that provider wait as long as it said', async (t) => {
  let now = 1000;
  t.mock.method(performance, 'now', () => now);
  t.mock.method(Date, 'now', () => 5_000_000 + now);
  let busy = true;
  await using server = await openModelServer(() =>
    busy ? { status: 429, headers: { 'retry-after-ms': '300' } } : { text: 'hi' },
  );
  await using one = await openModel(`compatible:a@${server.url}`, {});
  await using two = await openModel(`compatible:b@${server.url}`, {});
  await one.ask(prompt, never);
  busy = false;
  assert.deepEqual(two.waits!(), [], 'no call waits for a slot yet');
  const slot = two.slot(never);
  const [wait] = two.waits!();
  assert.deepEqual(wait, { what: 'the provider, which is busy', until: Date.now() + 300 });
  now += 300;
  using _slot = await slot;
  assert.deepEqual(two.waits!(), []);
});

test('slots are given in the order of asking, and one that is aborted leaves the queue', async () => {
  using place = joinLimiter('order', { calls: 1 });
  const order: number[] = [];
  const first = await place.slot(never);
  const abort = new AbortController();
  const waiting = [1, 2, 3].map(async (id) => {
    using _slot = await place.slot(id === 2 ? abort.signal : never);
    order.push(id);
  });
  const reason = new Error('enough');
  abort.abort(reason);
  await assert.rejects(waiting[1]!, (error) => error === reason);
  assert.deepEqual(order, []);
  first[Symbol.dispose]();
  first[Symbol.dispose]();
  await Promise.all([waiting[0], waiting[2]]);
  assert.deepEqual(order, [1, 3]);
  await assert.rejects(place.slot(abort.signal), (error) => error === reason);
});

test('within a minute no more calls begin than allowed, and the next one begins when the minute is over', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  let now = 1000;
  t.mock.method(performance, 'now', () => now);
  const pass = (milliseconds: number) => {
    now += milliseconds;
    t.mock.timers.tick(milliseconds);
    return new Promise((resolve) => setImmediate(resolve));
  };
  using place = joinLimiter('minute', { calls: 100, rpm: 3 });
  let begun = 0;
  for (let i = 0; i < 8; i++) place.slot(never).then(() => begun++);
  await pass(0);
  assert.equal(begun, 3);
  await pass(59_000);
  assert.equal(begun, 3);
  await pass(1_002);
  assert.equal(begun, 6);
  await pass(60_002);
  assert.equal(begun, 8);
});

test('a limiter without members is forgotten, and its pause too', async () => {
  {
    using place = joinLimiter('left', { calls: 1 });
    place.pause(60_000);
  }
  using place = joinLimiter('left', { calls: 1 });
  using _slot = await place.slot(never);
});
