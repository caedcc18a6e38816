import assert from 'node:assert/strict';
import { test } from 'node:test';
import { promised } from '../../../core/search/budget.ts';
import type { Components } from '../../../core/search/components.ts';
import { configure } from '../../../core/search/configure.ts';
import type { Event, Opened } from '../../../core/search/event.ts';
import { applyEvent } from '../../../core/search/fold.ts';
import type { Answer, Message, Model } from '../../../core/search/model.ts';
import { open } from '../../../core/search/open.ts';
import { search } from '../../../core/search/search.ts';
import type { Settings } from '../../../core/search/settings.ts';
import { initialState } from '../../../core/search/state.ts';
import { openSteering } from '../../../core/search/steering.ts';
import { talkingWorld, toyModel } from './talk.ts';

const never = new AbortController().signal;
const quote = { tokens: 100, dollars: 0.01 };

/** A clock that the test advances, with timers that follow it. */
function clock() {
  let now = 0;
  const timers = new Set<{ at: number; ring: () => void }>();
  return {
    elapsed: () => now,
    sleep: (milliseconds: number, signal: AbortSignal) =>
      new Promise<void>((resolve, reject) => {
        signal.throwIfAborted();
        const timer = { at: now + milliseconds, ring: resolve };
        timers.add(timer);
        signal.addEventListener('abort', () => timers.delete(timer) && reject(signal.reason));
      }),
    pass(milliseconds: number) {
      now += milliseconds;
      for (const timer of timers) if (timer.at <= now && timers.delete(timer)) timer.ring();
    },
    timers,
  };
}

/** A model whose calls stay in flight until their signal is aborted, but for those that `reply` answers. */
function slow(
  reply: (messages: readonly Message[], call: number) => Partial<Answer> | undefined = () => undefined,
): Model {
  const model = toyModel(() => ({}), quote);
  let calls = 0;
  return {
    ...model,
    async ask(messages, signal) {
      signal.throwIfAborted();
      const answer = reply(messages, ++calls);
      if (answer) return { ended: 'stop', cost: quote, ...answer } as Answer;
      return new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
    },
  };
}

async function begin(settings: Partial<Settings>, world: Components) {
  const given = configure({ seed: 1, order: 'arrival', reflectEvery: 0, concurrency: 3, ...settings }, true);
  const events: Event[] = [await open(world, given, 'hash', never)];
  const state = initialState(events[0] as Opened);
  const steering = openSteering();
  let seen: () => void = () => {};
  const go = (signal = never) =>
    search(
      state,
      world,
      { append: async () => {} },
      (event) => {
        events.push(event);
        seen();
      },
      signal,
      steering,
    );
  /** Resolves once that many events of a type are there. */
  const until = async (type: Event['type'], count: number) => {
    while (events.filter((event) => event.type === type).length < count)
      await new Promise<void>((resolve) => {
        seen = resolve;
      });
  };
  const answers = () => events.flatMap((event) => (event.type === 'answered' ? [event.answer] : []));
  return { events, state, steering, go, until, answers };
}

for (const order of ['arrival', 'strict'] as const) {
  test(`${order}: when the time is up, calls in flight are cut at their worst price and their trials settle`, async () => {
    const time = clock();
    const world = { ...talkingWorld(slow()), ...time };
    const { go, until, state, answers } = await begin({ order, minutes: 1 }, world);
    const ended = go();
    await until('asked', 3);
    time.pass(59_999);
    assert.equal(state.spending.dollars, 0);
    time.pass(1);
    await ended;
    assert.equal(state.closed, 'minutes');
    assert.deepEqual([state.settled, state.pending.size, time.timers.size], [3, 0, 0]);
    assert.deepEqual(state.spending.dollars, 3 * quote.dollars);
    for (const answer of answers()) {
      assert.equal('fault' in answer && answer.fault, 'the search ended before the answer came');
    }
  });

  test(`${order}: once the target is reached, calls in flight are cut`, async () => {
    const world = talkingWorld(slow((_, call) => (call === 1 ? { text: '100' } : undefined)));
    const { go, state, answers } = await begin({ order, target: 0 }, world);
    await go();
    assert.equal(state.closed, 'target');
    assert.equal(state.best.outcome.score, 0);
    assert.deepEqual(promised(state), []);
    assert.ok(answers().length >= 1);
  });
}

test('a wait for the provider and a pause before the next try end with the time too', async () => {
  const busy = { fault: 'status 429', kind: 'busy', retryAfter: 24 * 3_600_000 } as const;
  const pausing = slow(() => busy);
  const waiting: Model = {
    ...slow(),
    slot: (signal) =>
      new Promise((_, reject) => {
        signal.throwIfAborted();
        signal.addEventListener('abort', () => reject(signal.reason));
      }),
  };
  for (const [model, type, count] of [
    [pausing, 'answered', 3],
    [waiting, 'begun', 3],
  ] as const) {
    const time = clock();
    const { go, until, state } = await begin({ minutes: 1 }, { ...talkingWorld(model), ...time });
    const ended = go();
    await until(type, count);
    time.pass(60_000);
    await ended;
    assert.deepEqual([state.closed, state.settled], ['minutes', 3]);
  }
});

test('a larger budget of time holds, and the alarm goes by the new one', async () => {
  const time = clock();
  const { go, until, state, steering } = await begin({ minutes: 1 }, { ...talkingWorld(slow()), ...time });
  const ended = go();
  await until('asked', 3);
  steering.amend({ minutes: 2 });
  await until('amended', 1);
  time.pass(60_000);
  await new Promise((done) => setImmediate(done));
  assert.equal(state.spending.dollars, 0);
  time.pass(60_000);
  await ended;
  assert.equal(state.closed, 'minutes');
});

test('a stop cuts calls in flight at their worst price; their trials continue when the search is resumed', async () => {
  let answers = false;
  const world = talkingWorld(slow((_, call) => (answers ? { text: String(call * 7) } : undefined)));
  const first = await begin({ calls: 20 }, world);
  const ended = first.go();
  await first.until('asked', 3);
  first.steering.stop();
  await ended;
  assert.equal(first.state.closed, undefined);
  assert.equal(first.state.spending.dollars, 3 * quote.dollars);
  assert.equal(first.state.pending.size, 3);
  const [opened, ...rest] = first.events;
  const again = initialState(opened as Opened);
  for (const event of rest) applyEvent(again, event as Exclude<Event, Opened>);
  answers = true;
  await search(again, world, { append: async () => {} }, () => {}, never);
  assert.equal(again.closed, 'calls');
  assert.equal(again.spending.calls, 20);
});
