import assert from 'node:assert/strict';
import { test } from 'node:test';
import { armName } from '../../../core/search/arm.ts';
import { promised } from '../../../core/search/budget.ts';
import { configure } from '../../../core/search/configure.ts';
import { ModelError } from '../../../core/search/errors.ts';
import type { Event } from '../../../core/search/event.ts';
import { applyEvent } from '../../../core/search/fold.ts';
import type { Answer } from '../../../core/search/model.ts';
import { open } from '../../../core/search/open.ts';
import { search } from '../../../core/search/search.ts';
import { initialState } from '../../../core/search/state.ts';
import { talkingWorld, toyModel } from './talk.ts';
import { toySearch } from './toy.ts';
import { verdictsIn } from './verdicts.ts';

const given = { seed: 5, order: 'arrival', concurrency: 16, evaluations: 100, reflectEvery: 7 } as const;
const numbers = (_: unknown, call: number) => ({ text: String((call * 37) % 200) });
const never = new AbortController().signal;
const of = <T extends Event['type']>(events: readonly Event[], type: T) =>
  events.filter((event): event is Extract<Event, { type: T }> => event.type === type);
const fold = (events: readonly Event[]) => {
  const [first, ...rest] = events;
  const state = initialState(first as Extract<Event, { type: 'opened' }>);
  for (const event of rest) applyEvent(state, event as Exclude<Event, { type: 'opened' }>);
  return state;
};

for (const order of ['arrival', 'strict'] as const) {
  test(`${order}: each call is recorded before it is made, and its answer before the next step`, async () => {
    const model = toyModel(numbers);
    const { events, state } = await toySearch({ ...given, order }, { world: talkingWorld(model) });
    assert.equal(of(events, 'asked').length, model.calls.length);
    assert.equal(state.spending.calls, model.calls.length);
    assert.equal(of(events, 'answered').length, model.calls.length);
    assert.ok(state.lesson !== '', 'lessons are drawn');
    const open = new Map<number, number>();
    for (const event of events) {
      if (event.type === 'asked') open.set(event.trial, event.attempt);
      else if (event.type === 'answered') {
        assert.equal(open.get(event.trial), event.attempt);
        open.delete(event.trial);
      } else if (event.type === 'settled') assert.ok(!open.has(event.trial));
    }
  });

  for (const [budget, amount] of [
    ['dollars', 0.2],
    ['tokens', 1230],
    ['calls', 17],
  ] as const) {
    test(`${order}: ${budget} are never overspent with sixteen running trials, and used up`, async () => {
      const model = toyModel(numbers);
      const { state, events } = await toySearch(
        { ...given, order, evaluations: null, [budget]: amount },
        { world: talkingWorld(model) },
      );
      assert.equal(state.closed, budget);
      assert.ok(state.spending[budget] <= amount, `${state.spending[budget]}`);
      const quote = { dollars: 0.01, tokens: 100, calls: 1 }[budget];
      assert.ok(state.spending[budget] + quote > amount * (1 - 1e-9), 'one more call would not have fitted');
      // At no moment may what was spent and what is promised together pass the budget.
      const first = fold(events.slice(0, 1));
      for (const event of events.slice(1)) {
        applyEvent(first, event as Exclude<Event, { type: 'opened' }>);
        const aside = budget === 'calls' ? [] : promised(first).map((each) => each[budget]);
        const sum = aside.reduce((all, each) => all + each, first.spending[budget]);
        assert.ok(sum <= amount, `${sum}`);
      }
    });
  }

  test(`${order}: cut at any event and resumed, no recorded answer is asked for again`, async () => {
    const model = toyModel(numbers);
    const { events } = await toySearch({ ...given, order, evaluations: 40 }, { world: talkingWorld(model) });
    for (let cut = 1; cut < events.length; cut += 5) {
      const before = events.slice(0, cut);
      const again = toyModel((_, call) => ({ text: String((call * 41) % 300) }));
      const { events: all, state } = await toySearch({}, { world: talkingWorld(again), before });
      const later = all.slice(cut);
      assert.equal(of(later, 'asked').length, again.calls.length);
      const answered = new Set(
        of(before, 'answered').flatMap(({ trial, step, answer }) =>
          'text' in answer ? [`${trial}/${step}`] : [],
        ),
      );
      for (const { trial, step } of of(later, 'asked')) assert.ok(!answered.has(`${trial}/${step}`));
      assert.equal(state.closed, 'evaluations');
      assert.deepEqual(promised(state), []);
      // A call that was in flight when the engine was killed counts at its worst price.
      const lost = of(later, 'answered').filter(({ answer }) => 'fault' in answer);
      assert.equal(lost.length, of(before, 'asked').length - of(before, 'answered').length);
      for (const { answer } of lost) assert.equal(answer.cost.dollars, 0.01);
    }
  });
}

test('a strict search with a model writes one journal, but for when calls were made', async () => {
  const reply = (messages: readonly { text: string }[]) => {
    const value = Number(/return (-?[\d.]+)/.exec(messages.at(-1)!.text)?.[1] ?? 0);
    return { text: String((value * 7 + 13) % 150) };
  };
  const run = async (memory: number, delay: number) => {
    const model = toyModel(reply);
    const ask = model.ask;
    model.ask = async (...args) => {
      await new Promise((done) => setTimeout(done, delay * (model.calls.length % 3)));
      return ask(...args);
    };
    const settings = {
      ...given,
      order: 'strict',
      concurrency: 4,
      reflectEvery: 0,
      patience: 40,
      banditHorizon: memory,
    } as const;
    const { events } = await toySearch(settings, { world: talkingWorld(model) });
    return of(events, 'settled').map(({ trial, verdict, gain }) => ({ trial, verdict, gain }));
  };
  assert.deepEqual(await run(100, 0), await run(100, 4));
});

const busy = { fault: 'too many', kind: 'busy', retryAfter: 3000, cost: { tokens: 0, dollars: 0 } } as const;

test('a busy model is asked again after the time it named, and the calls are counted', async () => {
  const model = toyModel((_, call) =>
    call % 3 === 0 ? ({ ...busy, text: undefined } as never) : numbers(_, call),
  );
  // What is thrown away is the text: an answer with a fault has none.
  const ask = model.ask;
  model.ask = async (...args) => {
    const answer = await ask(...args);
    return 'fault' in answer ? { ...busy } : answer;
  };
  const rests: number[] = [];
  const world = { ...talkingWorld(model), sleep: async (ms: number) => void rests.push(ms) };
  const { state, events } = await toySearch({ ...given, calls: 60, evaluations: null }, { world });
  assert.equal(state.spending.calls, 60);
  assert.equal(model.calls.length, 60);
  assert.ok(rests.length >= 15 && rests.every((ms) => ms >= 3000));
  const faults = of(events, 'answered').filter(({ answer }) => 'fault' in answer);
  assert.equal(faults.length, 20);
});

const silent = (kind: 'broken' | 'unfit' | 'wrong') => {
  const model = toyModel(numbers);
  const calls = model.calls;
  model.ask = async (messages): Promise<Answer> => {
    calls.push(messages);
    return { fault: `no ${kind} server`, kind, cost: { tokens: 0, dollars: 0 } };
  };
  return model;
};

test('a wrong key stops the search at the first call; a dead server once a trial has tried as often as it may', async () => {
  for (const [kind, calls] of [
    ['wrong', 1],
    ['unfit', 1],
    ['broken', 3],
  ] as const) {
    const model = silent(kind);
    const search = toySearch({ ...given, concurrency: 1, maxRetries: 2 }, { world: talkingWorld(model) });
    await assert.rejects(
      search,
      (error) => error instanceof ModelError && error.message === `no ${kind} server`,
    );
    assert.equal(model.calls.length, calls);
  }
});

test('one message that a model does not take costs its trial alone', async () => {
  const model = toyModel(numbers);
  const ask = model.ask;
  model.ask = async (...args) => {
    const answer = await ask(...args);
    return model.calls.length % 4 === 0 ? { fault: 'too long', kind: 'unfit', cost: answer.cost } : answer;
  };
  const { events, state } = await toySearch({ ...given, concurrency: 1 }, { world: talkingWorld(model) });
  assert.equal(state.closed, 'evaluations');
  assert.ok(of(events, 'settled').some(({ verdict, why }) => verdict === 'malformed' && why === 'too long'));
});

test('models and operators without one are arms of one search', async () => {
  const model = toyModel(numbers);
  const { state, events } = await toySearch(
    { ...given, evaluations: 300 },
    { world: talkingWorld(model, false) },
  );
  for (const { arm } of state.tallies) {
    const ends = Object.values(verdictsIn(events).get(armName(arm))!).reduce((sum, each) => sum + each, 0);
    assert.ok(ends > 0, armName(arm));
  }
});

test('instructions that lessons suggest are tried, and followed the more the more they gain', async () => {
  let lessons = 0;
  const model = toyModel((messages, call) => {
    if (messages[0]!.text.startsWith('What have you')) {
      lessons += 1;
      return { text: `Notes.\nTRY: add ${lessons} to the number and see.` };
    }
    return numbers(messages, call);
  });
  const settings = { ...given, evaluations: 150, concurrency: 2, promptVariants: 'evolving' } as const;
  const { state, events } = await toySearch(settings, { world: talkingWorld(model) });
  assert.equal(state.guidance[0]!.text, '');
  assert.equal(state.guidance[1]!.text, 'add 1 to the number and see.');
  const followed = of(events, 'begun').flatMap(({ guidance }) => guidance ?? []);
  assert.ok(new Set(followed).size > 3, String(followed));
  assert.equal(
    state.guidance.reduce((sum, { pulls }) => sum + pulls, 0),
    of(events, 'begun').length,
  );
});

test('when one model is refused, the answers in flight are still recorded before the search ends', async () => {
  const model = toyModel(numbers);
  const { ask } = model;
  model.ask = async (messages, signal) => {
    if (model.calls.length < 7) {
      const answer = await ask(messages, signal);
      await new Promise((done) => setTimeout(done, 40));
      return answer;
    }
    model.calls.push(messages);
    return { fault: 'status 401', kind: 'wrong', cost: { tokens: 0, dollars: 0 } };
  };
  const world = talkingWorld(model);
  const events: Event[] = [await open(world, configure({ ...given, concurrency: 8 }, true), 'hash', never)];
  const state = initialState(events[0] as Extract<Event, { type: 'opened' }>);
  const ended = search(state, world, { append: async () => {} }, (event) => events.push(event), never);
  await assert.rejects(ended, /status 401/);
  assert.equal(of(events, 'answered').length, model.calls.length);
  assert.deepEqual(promised(state), []);
});
