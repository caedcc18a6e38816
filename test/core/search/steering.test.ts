import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as rest } from 'node:timers/promises';
import { checkBudgets } from '../../../core/search/amendments.ts';
import type { Event } from '../../../core/search/event.ts';
import type { Operator } from '../../../core/search/roles.ts';
import { openSteering } from '../../../core/search/steering.ts';
import { openClock } from '../../../ui/run/clock.ts';
import { talkingWorld, toyModel } from './talk.ts';
import { toySearch, toyWorld } from './toy.ts';

const given = { seed: 3, evaluations: 120, islands: 2, concurrency: 4 };
const of = <T extends Event['type']>(events: readonly Event[], type: T) =>
  events.filter((event): event is Extract<Event, { type: T }> => event.type === type);
/** Calls `act` once `count` trials have settled, and says which event that was. */
const after = (count: number, act: () => void) => {
  let left = count;
  return (event: Event): void => {
    if (event.type === 'settled' && --left === 0) act();
  };
};

for (const order of ['strict', 'arrival'] as const) {
  test(`${order}: paused, no trial begins, running ones finish, the clock stops; then the search continues to its end`, async () => {
    const steering = openSteering(checkBudgets);
    const clock = openClock(0);
    const still = Promise.withResolvers<void>();
    const stopClock = (): Disposable => {
      still.resolve();
      return clock.stopClock();
    };
    const world = { ...toyWorld(), ...clock, stopClock };
    let waited = false;
    let at = 0;
    const all: Event[] = [];
    const wait = async (): Promise<void> => {
      await still.promise;
      const { length } = all;
      const before = world.elapsed();
      // Time in which an event that is wrong would come.
      await rest(50);
      assert.equal(all.length, length, 'nothing happens while it is paused');
      assert.equal(world.elapsed(), before);
      waited = true;
      steering.go();
    };
    let pausing: Promise<void> | undefined;
    const pause = after(20, () => {
      at = all.length;
      steering.pause();
      pausing = wait();
    });
    const observe = (event: Event): void => {
      all.push(event);
      pause(event);
    };
    const { state, events } = await toySearch({ ...given, order }, { world, steering, observe });
    await pausing;
    assert.ok(waited);
    const next = all.findIndex((event, i) => i >= at && event.type === 'begun');
    assert.equal(of(all.slice(0, next), 'begun').length, of(all.slice(0, next), 'settled').length);
    assert.equal(state.closed, 'evaluations');
    assert.equal(state.evaluations, 120);
    const times = of(events, 'settled').map(({ elapsed }) => elapsed!);
    assert.deepEqual(
      times,
      times.toSorted((a, b) => a - b),
    );
  });

  test(`${order}: stopped, no model is asked any more, every answer is recorded, and a later session asks what was left`, async () => {
    const steering = openSteering(checkBudgets);
    const model = toyModel((_, call) => ({ text: String((call * 37) % 200) }));
    let made = 0;
    const stop = after(12, () => {
      made = model.calls.length;
      steering.stop();
    });
    const settings = { ...given, order, reflectEvery: 3, evaluations: 60 };
    const first = await toySearch(settings, { world: talkingWorld(model), steering, observe: stop });
    // A call that was recorded in the same tick may be made just after.
    assert.ok(model.calls.length <= made + given.concurrency);
    assert.equal(first.state.closed, undefined);
    const at = first.events.findIndex((_, i) => of(first.events.slice(0, i + 1), 'settled').length === 12);
    assert.deepEqual(of(first.events.slice(at + 1), 'asked'), []);
    assert.deepEqual(of(first.events.slice(at + 1), 'begun'), []);
    assert.equal(of(first.events, 'asked').length, of(first.events, 'answered').length);
    assert.equal(model.calls.length, of(first.events, 'answered').length);
    const { state, events } = await toySearch({}, { world: talkingWorld(model), before: first.events });
    assert.equal(state.closed, 'evaluations');
    const calls = of(events, 'asked').map(({ trial, step, attempt }) => `${trial}/${step}/${attempt}`);
    assert.equal(new Set(calls).size, calls.length);
    assert.equal(model.calls.length, calls.length);
    assert.equal(of(events, 'begun').length, of(events, 'settled').length);
  });
}

test('stopped while a call waits to be made again, the search does not wait for it', async () => {
  const steering = openSteering(checkBudgets);
  const busy = {
    ...toyModel(() => ({})),
    ask: async () => ({ fault: 'busy', kind: 'busy', cost: { tokens: 0, dollars: 0 } }) as const,
  };
  let waiting = 0;
  const world = {
    ...talkingWorld(busy),
    sleep: (milliseconds: number, signal: AbortSignal) => {
      assert.ok(milliseconds > 500);
      return new Promise<void>((_, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason));
        if (++waiting === given.concurrency) setImmediate(() => steering.stop());
      });
    },
  };
  const { state, events } = await toySearch({ ...given, order: 'arrival' }, { world, steering });
  assert.equal(state.closed, undefined);
  assert.equal(of(events, 'settled').length, 0);
  assert.equal(state.pending.size, 4);
});

/** A world that acts once a search in it is paused and nothing is in flight. */
const atRest = (act: () => void): ReturnType<typeof toyWorld> => ({
  ...toyWorld(),
  stopClock: () => {
    setImmediate(act);
    return { [Symbol.dispose]() {} };
  },
});

test('stopped while it is paused, a search ends; aborted then, it rejects with the reason', async () => {
  const steering = openSteering(checkBudgets);
  const pause = after(5, () => steering.pause());
  const { state } = await toySearch(given, {
    world: atRest(() => steering.stop()),
    steering,
    observe: pause,
  });
  assert.equal(state.pending.size, 0);
  assert.equal(state.closed, undefined);
  const [other, abort] = [openSteering(checkBudgets), new AbortController()];
  const aborted = toySearch(given, {
    world: atRest(() => abort.abort(new Error('enough'))),
    steering: other,
    observe: after(5, () => other.pause()),
    signal: abort.signal,
  });
  await assert.rejects(aborted, /enough/);
});

test('a budget that is changed while the search runs is an event, and holds from then on', async () => {
  const steering = openSteering(checkBudgets);
  const raise = after(20, () => steering.amend({ evaluations: 200 }));
  const { state, events } = await toySearch(given, { steering, observe: raise });
  assert.equal(state.evaluations, 200);
  const at = events.findIndex(({ type }) => type === 'amended');
  assert.equal(of(events.slice(0, at), 'settled').length, 20);
  const again = await toySearch({}, { before: events.slice(0, at + 1) });
  assert.equal(again.state.evaluations, 200);
  const lower = openSteering(checkBudgets);
  const { state: short } = await toySearch(given, {
    steering: lower,
    observe: after(20, () => lower.amend({ evaluations: 1 })),
  });
  assert.equal(short.closed, 'evaluations');
  assert.ok(short.evaluations < 120);
  assert.throws(() => steering.amend({ evaluations: -3 }), {
    name: 'ConfigError',
    message: /^Expected `evaluations` to be a whole number of at least 1.* got `?-3/,
  });
});

test('a search that is paused can be given a budget that ends it', async () => {
  const steering = openSteering(checkBudgets);
  const pause = after(5, () => steering.pause());
  const world = atRest(() => steering.amend({ evaluations: 1 }));
  const { state } = await toySearch(given, { world, steering, observe: pause });
  assert.equal(state.closed, 'evaluations');
});

test('a note is an event, every trial that begins later knows it and none before; so does a later session', async () => {
  const knew = new Map<number, readonly string[]>();
  let trials = 0;
  const operators = (): Map<string, Operator> =>
    new Map(
      [...toyWorld().operators].map(([name, operator]) => [
        name,
        {
          ...operator,
          propose(task) {
            knew.set(++trials, task.notes);
            return operator.propose(task);
          },
        },
      ]),
    );
  const world = { ...toyWorld(), operators: operators() };
  const steering = openSteering(checkBudgets);
  const tell = after(20, () => steering.note('  be\n bold '));
  const { events } = await toySearch({ ...given, evaluations: 60 }, { world, steering, observe: tell });
  const at = events.findIndex(({ type }) => type === 'noted');
  assert.deepEqual(events[at], { type: 'noted', text: 'be bold' });
  const before = of(events.slice(0, at), 'begun').length;
  assert.ok(before > 20 && knew.size > before);
  for (const [trial, notes] of knew) assert.deepEqual(notes, trial <= before ? [] : ['be bold'], `${trial}`);
  const begun = of(events, 'begun').length;
  trials = begun;
  const amended: Event = { type: 'amended', settings: { evaluations: 80 } };
  await toySearch({}, { world, before: [...events, amended] });
  assert.deepEqual(knew.get(begun + 1), ['be bold']);
  for (const text of [' ', 'x'.repeat(1001)])
    assert.throws(() => steering.note(text), { name: 'ConfigError' });
});
