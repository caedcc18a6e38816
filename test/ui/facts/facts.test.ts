import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { readJournal } from '../../../core/journal/segments.ts';
import { armName } from '../../../core/search/arm.ts';
import type { Event, Opened } from '../../../core/search/event.ts';
import { applyEvent } from '../../../core/search/fold.ts';
import type { Model } from '../../../core/search/model.ts';
import type { Elite } from '../../../core/search/program.ts';
import { better } from '../../../core/search/ranking.ts';
import { childOf, initialState, type State } from '../../../core/search/state.ts';
import { resetMigration } from '../../../islands/migration.ts';
import { addPoint } from '../../../ui/facts/curve.ts';
import type { Entry, Facts, Point } from '../../../ui/facts/facts.ts';
import { applyToFacts } from '../../../ui/facts/fold.ts';
import { openFacts } from '../../../ui/facts/open.ts';
import { talkingWorld, toyModel } from '../../core/search/talk.ts';
import { toySearch, toyWorld } from '../../core/search/toy.ts';
import { verdictsIn } from '../../core/search/verdicts.ts';

const version1 = new URL('../../fixtures/journal/version-1', import.meta.url);
const given = { seed: 3, evaluations: 150, migrationEvery: 20, patience: 300, islands: 3, concurrency: 4 };
const told = (facts: Facts, events: readonly Event[]): Facts => {
  for (const event of events) if (event.type !== 'opened') applyToFacts(facts, event);
  return facts;
};
const shortly = ({ id, outcome, size, arm, parents }: Elite) => ({
  id,
  score: outcome.score,
  size,
  arm,
  parents,
});
const known = ({ id, score, size, arm, parents }: Entry) => ({ id, score, size, arm, parents });

const verdictsOf = ({ arms }: Facts) => new Map(arms.map(({ arm, verdicts }) => [armName(arm), verdicts]));

/** Whether the facts are those of core's own state. */
function agree(facts: Facts, state: State): void {
  const { counts } = facts;
  assert.deepEqual(
    [counts.begun, counts.settled, counts.evaluations, counts.rounds],
    [state.begun, state.settled, state.evaluations, state.rounds],
  );
  const { calls, tokens, dollars } = state.spending;
  assert.deepEqual([counts.calls, counts.tokens, counts.dollars], [calls, tokens, dollars]);
  assert.deepEqual(known(facts.best), shortly(state.best));
  assert.deepEqual(known(facts.baseline), shortly(state.baseline));
  const { chosen, finalist } = facts;
  assert.deepEqual(
    chosen && { ...known(chosen.entry), validation: chosen.validation },
    state.final ? { ...shortly(state.final.elite), validation: state.final.validation } : null,
  );
  assert.deepEqual(finalist && known(finalist), state.finalist ? shortly(state.finalist) : null);
  for (const [i, { elites }] of state.islands.entries()) {
    const residents = elites.map(({ elite }) => shortly(elite));
    assert.deepEqual(facts.islands[i]!.residents.map(known), residents, `island ${i}`);
  }
  assert.deepEqual(
    facts.arms.map(({ discounted }) => discounted),
    state.tallies,
  );
  const pending = [...state.pending.values()].map(({ trial, island, arm, calls, evaluations }) => ({
    trial,
    island,
    arm,
    calls,
    evaluations,
  }));
  assert.deepEqual(
    facts.pending.map(({ trial, island, arm, calls, evaluations }) => ({
      trial,
      island,
      arm,
      calls,
      evaluations,
    })),
    pending,
  );
  assert.deepEqual([facts.closed ?? undefined, facts.settings], [state.closed, state.settings]);
  assert.deepEqual(facts.notes.slice(-state.notes.length || facts.notes.length), state.notes);
}

/** Now and then its answer is a fault, which holds what a terminal would obey. */
const toy = toyModel((_, call) => ({ text: String((call * 37) % 200) }));
const failing: Model = {
  ...toy,
  async ask(messages, signal) {
    const answer = await toy.ask(messages, signal);
    const { cost } = answer;
    return toy.calls.length % 9 === 4 ? { fault: 'gone\u001b[31m', kind: 'broken', cost } : answer;
  },
};
const searches = {
  'in strict order': () => toySearch(given),
  'in order of arrival': () => toySearch({ ...given, order: 'arrival' }),
  'with islands that start again': () =>
    toySearch(given, { world: { ...toyWorld(), migrate: resetMigration } }),
  'with validation cases': () =>
    toySearch(given, { world: toyWorld(undefined, { validation: (value) => (value % 2 ? -value : null) }) }),
  'without novelty': () => toySearch({ ...given, novelty: 'off' }),
  'with a model that fails now and then': () =>
    toySearch({ ...given, order: 'arrival', banditHorizon: 30 }, { world: talkingWorld(failing, false) }),
};

for (const [name, search] of Object.entries(searches)) {
  test(`after each event the facts are those of core's state: a search ${name}`, async () => {
    const { events } = await search();
    const [first, ...rest] = events as [Opened, ...Exclude<Event, Opened>[]];
    const steps: typeof rest = [
      ...rest,
      { type: 'noted', text: 'try' },
      { type: 'amended', settings: { evaluations: 900 } },
    ];
    const state = initialState(first);
    const facts = openFacts(first);
    const elites: Elite[] = [state.baseline];
    const rises: [number, number, number][] = [[0, state.evaluations, state.best.outcome.score]];
    agree(facts, state);
    for (const event of steps) {
      const child =
        event.type === 'settled' && event.verdict !== 'duplicate'
          ? childOf(state.pending.get(event.trial)!)
          : undefined;
      if (child) elites.push(child);
      applyEvent(state, event);
      applyToFacts(facts, event);
      agree(facts, state);
      if (event.type === 'settled' && event.verdict === 'best')
        rises.push([event.trial, state.evaluations, state.best.outcome.score]);
    }
    const scores = new Set<number>();
    const leaders = elites.toSorted(better).filter(({ outcome: { score } }) => {
      const first = !scores.has(score);
      scores.add(score);
      return first;
    });
    assert.deepEqual(verdictsOf(facts), verdictsIn(events));
    assert.deepEqual(facts.leaders.map(known), leaders.slice(0, 50).map(shortly));
    assert.deepEqual(
      facts.curve.map(({ trial, evaluations, score }) => [trial, evaluations, score]),
      rises,
    );
  });
}

test('a journal of version 1 has its facts, too, with no time told', async () => {
  const events = await Array.fromAsync(readJournal(fileURLToPath(version1)));
  const facts = told(openFacts(events[0] as Opened), events);
  const state = initialState(events[0] as Opened);
  for (const event of events) if (event.type !== 'opened') applyEvent(state, event);
  agree(facts, state);
  assert.deepEqual(verdictsOf(facts), verdictsIn(events));
  assert.ok(facts.counts.settled > 10);
  assert.equal(facts.counts.milliseconds, 0);
});

test('a funnel narrows from what was proposed to what is best, and its counts are the journal’s', async () => {
  const { events } = await toySearch({ ...given, order: 'arrival' });
  const facts = told(openFacts(events[0] as Opened), events);
  const count = (type: Event['type']): number => events.filter((event) => event.type === type).length;
  const sums = { proposed: 0, novel: 0, evaluated: 0 };
  for (const { funnel, pulls } of facts.arms) {
    const { proposed, parsed, novel, evaluated, valid, improved, best } = funnel;
    assert.ok(proposed === pulls && proposed >= parsed && parsed >= novel && novel >= evaluated);
    assert.ok(evaluated >= valid && valid >= improved && improved >= best);
    for (const key of ['proposed', 'novel', 'evaluated'] as const) sums[key] += funnel[key];
  }
  assert.deepEqual(sums, {
    proposed: count('settled'),
    novel: count('passed'),
    evaluated: count('evaluated'),
  });
  assert.ok(Math.abs(facts.arms.reduce((sum, { share }) => sum + share, 0) - 1) < 1e-9);
});

test('models are kept apart from arms; their faults are counted and shown without control characters', async () => {
  const world = talkingWorld(failing, false);
  const { events, state } = await toySearch({ ...given, order: 'arrival' }, { world });
  const facts = told(openFacts(events[0] as Opened), events);
  const [model] = facts.models;
  const faults = events.filter((event) => event.type === 'answered' && 'fault' in event.answer).length;
  assert.ok(faults > 2);
  assert.deepEqual(
    [model!.model, model!.calls, model!.answers, model!.faults],
    ['toy:one', state.spending.calls, state.spending.calls - faults, faults],
  );
  assert.deepEqual(facts.arms.at(-1)?.arm, { operator: 'talk', model: 'toy:one' });
  const lines = facts.recent.filter(({ kind }) => kind === 'fault');
  assert.ok(lines.length > 0 && lines.every(({ text }) => text === 'gone [31m'));
});

test('facts are plain JSON, and go on from it as if never written', async () => {
  const { events } = await toySearch({ ...given, order: 'arrival' });
  const whole = told(openFacts(events[0] as Opened), events);
  assert.deepEqual(JSON.parse(JSON.stringify(whole)), whole);
  for (const cut of [1, 133, events.length - 1]) {
    const half = told(openFacts(events[0] as Opened), events.slice(0, cut));
    assert.deepEqual(told(JSON.parse(JSON.stringify(half)), events.slice(cut)), whole, `cut at ${cut}`);
  }
});

test('of a hundred thousand rises a curve keeps as many as it may, spread over a logarithmic axis', () => {
  const curve: Point[] = [];
  for (let n = 1; n <= 100_000; n++) {
    addPoint(curve, { evaluations: n, dollars: 0, milliseconds: n, score: n, trial: n }, 100);
  }
  assert.equal(curve.length, 100);
  assert.deepEqual([curve[0]!.score, curve.at(-1)!.score], [1, 100_000]);
  const ratios = curve.slice(1).map(({ evaluations }, i) => evaluations / curve[i]!.evaluations);
  assert.ok(Math.max(...ratios) <= 2, `a gap of ${Math.max(...ratios)}`);
});
