import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SandboxError } from '../../../core/search/errors.ts';
import type { Event } from '../../../core/search/event.ts';
import { applyEvent } from '../../../core/search/fold.ts';
import { initialState } from '../../../core/search/state.ts';
import { memoryJournal } from './memory-journal.ts';
import { timeless, toySearch, toyWorld } from './toy.ts';
import { verdictCount } from './verdicts.ts';

const given = { seed: 3, evaluations: 300, migrationEvery: 20, islands: 3, concurrency: 4 };
const of = <T extends Event['type']>(events: readonly Event[], type: T) =>
  events.filter((event): event is Extract<Event, { type: T }> => event.type === type);

test('a search improves on its seed, and what it calls best is the best it met', async () => {
  const { state, events } = await toySearch(given);
  const scores = of(events, 'evaluated').flatMap(({ outcome }) =>
    outcome.status === 'scored' ? [outcome.score] : [],
  );
  assert.equal(state.best.outcome.score, Math.max(...scores));
  assert.ok(state.best.outcome.score > state.baseline.outcome.score);
});

test('a search in which no operator can act says that it is exhausted', async () => {
  const world = toyWorld();
  const crossing = new Map([...world.operators].filter(([, { parents }]) => parents === 2));
  assert.ok(crossing.size > 0);
  const { state, events } = await toySearch(given, { world: { ...world, operators: crossing } });
  assert.deepEqual([state.closed, state.settled, events.length], ['exhausted', 0, 2]);
});

test('resumed from a journal cut at any event, a strict search writes the same journal', async () => {
  const { events } = await toySearch({ ...given, evaluations: 80 });
  const whole = events.map(timeless);
  for (let cut = 1; cut < events.length; cut += 3) {
    const again = await toySearch({}, { before: events.slice(0, cut) });
    assert.deepEqual(again.events.map(timeless), whole, `cut after ${cut} of ${events.length} events`);
  }
});

test('resumed in order of arrival, what is recorded is not found out again', async () => {
  const { events } = await toySearch({ ...given, order: 'arrival', evaluations: 120 });
  for (const cut of [20, 57, 111, 160]) {
    const { world, events: all } = await toySearch({}, { before: events.slice(0, cut) });
    const recorded = (some: readonly Event[]) =>
      of(some, 'evaluated').length + of(some, 'replied').reduce((sum, each) => sum + each.evaluations, 0);
    assert.equal(world.evaluated.length, recorded(all) - recorded(events.slice(0, cut)));
    for (const type of ['begun', 'proposed', 'passed', 'evaluated', 'settled'] as const) {
      const trials = of(all, type).map(({ trial }) => trial);
      assert.equal(new Set(trials).size, trials.length, type);
    }
  }
});

for (const order of ['strict', 'arrival'] as const) {
  test(`${order}: with novelty off no duplicate is rejected, with it no program settles twice`, async () => {
    const budget = { ...given, order, evaluations: 150, patience: 300 };
    const off = await toySearch({ ...budget, novelty: 'off' });
    const on = await toySearch({ ...budget, novelty: 'exact' });
    const duplicates = (events: readonly Event[]) => verdictCount(events, 'duplicate');
    const settled = (events: readonly Event[]) => {
      const away = new Set(
        of(events, 'settled').flatMap((each) => (each.verdict === 'duplicate' ? [each.trial] : [])),
      );
      return of(events, 'passed').flatMap(({ trial, canonical }) => (away.has(trial) ? [] : [canonical]));
    };
    assert.equal(duplicates(off.events), 0);
    assert.ok(duplicates(on.events) > 20, `${duplicates(on.events)}`);
    assert.ok(new Set(settled(off.events)).size < settled(off.events).length - 20);
    assert.equal(new Set(settled(on.events)).size, settled(on.events).length);
  });

  test(`${order}: evaluations never pass the budget, whatever its size, and it is used up`, async () => {
    for (let budget = 1; budget < 40; budget++) {
      const { world, state } = await toySearch({ ...given, order, evaluations: budget });
      assert.ok(world.evaluated.length <= budget, `${world.evaluated.length} of ${budget}`);
      assert.equal(state.evaluations, world.evaluated.length);
      assert.equal(state.reserved, 0);
      assert.equal(state.closed, 'evaluations');
    }
  });
}

test('a search stops at its target with nothing left running', async () => {
  const { state } = await toySearch({ ...given, evaluations: null, target: -3 });
  assert.equal(state.closed, 'target');
  assert.ok(state.best.outcome.score >= -3);
  assert.equal(state.pending.size, 0);
});

test('a search with nothing new to find ends by itself', async () => {
  const world = toyWorld();
  const step = new Map([...world.operators].filter(([name]) => name === 'step'));
  const unlimited = { ...given, evaluations: null, patience: 50 };
  const { state } = await toySearch(unlimited, { world: { ...world, operators: step } });
  assert.equal(state.closed, 'exhausted');
  assert.equal(state.pending.size, 0);
});

test('a budget raised after the end is an event, and the search goes on', async () => {
  const { events } = await toySearch({ ...given, evaluations: 50 });
  const amended: Event = { type: 'amended', settings: { evaluations: 90 } };
  const { state, world } = await toySearch({}, { before: [...events, amended] });
  assert.equal(state.evaluations, 90);
  assert.equal(world.evaluated.length, 40);
});

test('a sandbox that fails is asked again after pauses that double; one that fails for half a minute ends the search with its error', async () => {
  let calls = 0;
  const patient = toyWorld(() => {
    if (++calls % 5 === 0) throw new SandboxError('no process could be started');
  });
  const { state } = await toySearch({ ...given, evaluations: 60 }, { world: patient });
  assert.equal(state.evaluations, 60);
  let outage = 0;
  const dead = toyWorld(() => {
    if (outage++ > 40) throw new SandboxError('no process could be started');
  });
  const rests: number[] = [];
  const world = { ...dead, sleep: async (pause: number) => void rests.push(pause) };
  const alone = { ...given, evaluations: 2000, concurrency: 1 };
  await assert.rejects(toySearch(alone, { world }), { name: 'SandboxError' });
  assert.deepEqual(rests, [1000, 2000, 4000, 8000, 16_000]);
});

test('an aborted search rejects with the reason, and its journal can be resumed', async () => {
  const whole = await toySearch(given);
  const stop = new AbortController();
  let calls = 0;
  const world = toyWorld(() => {
    if (++calls === 40) stop.abort(new Error('enough'));
  });
  const journal = memoryJournal();
  await assert.rejects(toySearch(given, { world, signal: stop.signal, journal }), /enough/);
  const recorded = await Array.fromAsync(journal.read());
  assert.ok(recorded.length > 40 && recorded.length < whole.events.length, `${recorded.length} events`);
  const { events, state } = await toySearch({}, { before: recorded });
  assert.deepEqual(events.map(timeless), whole.events.map(timeless));
  assert.deepEqual(state.best, whole.state.best);
});

test('islands share by migration, and every island keeps elites of its own', async () => {
  const { events, state } = await toySearch(given);
  const rounds = of(events, 'migrated');
  assert.deepEqual(
    rounds.map(({ round }) => round),
    rounds.map((_, i) => i + 1),
  );
  assert.ok(
    rounds.length >= 3 && rounds.some(({ moves }) => moves.some(({ admission }) => admission.admitted)),
  );
  for (const island of state.islands) assert.ok(island.elites.length > 0);
});

test('no child is evaluated that is a duplicate of one settled before its trial began', async () => {
  const { events } = await toySearch({ ...given, order: 'arrival', concurrency: 1 });
  const canonicals = of(events, 'passed').map(({ canonical }) => canonical);
  assert.equal(new Set(canonicals).size, canonicals.length);
  const duplicates = verdictCount(events, 'duplicate');
  assert.ok(duplicates > 5, `${duplicates} duplicates`);
});

test('the fold of the journal is the state of the search', async () => {
  const { events, state } = await toySearch(given);
  const again = initialState(of(events, 'opened')[0]!);
  for (const event of events) if (event.type !== 'opened') applyEvent(again, event);
  assert.deepEqual(again, state);
});

test('every run has a name of its own, and a search that goes on asks for the same run by the same name', async () => {
  const named = (jobs: string[]) => {
    const world = toyWorld();
    const { evaluate } = world.evaluator;
    const evaluator: typeof world.evaluator = {
      ...world.evaluator,
      evaluate: (source, use, job, signal) => {
        jobs.push(job);
        return evaluate(source, use, job, signal);
      },
    };
    return { ...world, evaluator };
  };
  const [all, later]: string[][] = [[], []];
  const { events } = await toySearch(given, { world: named(all!) });
  assert.equal(new Set(all).size, all!.length);
  assert.ok(all!.includes('seed-1/scored') && all!.some((job) => /^\d+\/\d+\/\d+$/.test(job)));
  assert.ok(all!.some((job) => /^\d+\/child$/.test(job)));
  const cut = events.findIndex((event, i) => i > 60 && event.type === 'evaluated');
  await toySearch({}, { world: named(later!), before: events.slice(0, cut) });
  assert.ok(later!.length > 10);
  assert.deepEqual(
    later!.filter((job) => !all!.includes(job)),
    [],
  );
});
