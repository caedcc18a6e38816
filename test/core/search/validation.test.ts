import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SandboxError } from '../../../core/search/errors.ts';
import type { Event } from '../../../core/search/event.ts';
import { finalProgram } from '../../../core/search/final.ts';
import { mainFile, type Source } from '../../../core/search/program.ts';
import { timeless, toySearch, toyWorld } from './toy.ts';

const given = { seed: 3, evaluations: 300, migrationEvery: 20, islands: 3, concurrency: 4 };
const numberIn = (source: Source): number => Number(/return (-?[\d.]+)/.exec(mainFile(source).text)?.[1]);
/** What does best is 60 and not the 100 that the search is after; every fifth number fails. */
const validation = (value: number): number | null => (value % 5 === 2 ? null : 0 - Math.abs(60 - value));
const overfitting = () => toyWorld(undefined, { validation });
const validatedIn = (events: readonly Event[]) => events.filter((event) => event.type === 'validated');

for (const order of ['strict', 'arrival'] as const) {
  test(`${order}: of the programs that were the best at some time, the best on the validation cases is returned`, async () => {
    const { state, events, world } = await toySearch({ ...given, order }, { world: overfitting() });
    assert.ok(state.best.outcome.score > -10);
    const bests = events.flatMap((event) =>
      event.type === 'settled' && event.verdict === 'best' ? [`trial-${event.trial}`] : [],
    );
    const tried = validatedIn(events);
    assert.deepEqual(
      tried.map(({ program }) => program),
      bests,
    );
    assert.ok(tried.length > 5, `${tried.length}`);
    const worth = world.validated.map((value) => validation(value) ?? Number.NEGATIVE_INFINITY);
    assert.deepEqual(
      tried.map(({ score }) => score ?? Number.NEGATIVE_INFINITY),
      worth.slice(1),
    );
    const chosen = finalProgram(state);
    assert.equal(validation(numberIn(chosen.source)), Math.max(...worth));
    assert.ok(chosen.outcome.score < state.best.outcome.score);
    // They are no evaluations of the budget.
    assert.equal(state.evaluations, world.evaluated.length);
  });
}

test('without validation cases the best is returned', async () => {
  const { state, events } = await toySearch(given);
  assert.equal(finalProgram(state), state.best);
  assert.equal(validatedIn(events).length, 0);
});

test('a search that was cut at any event goes on to the same journal, and tries nothing twice', async () => {
  const { events } = await toySearch({ ...given, evaluations: 120 }, { world: overfitting() });
  const whole = events.map(timeless);
  const tried = validatedIn(events).length;
  const cuts = Array.from(events.keys()).filter((cut) => {
    const before = events[cut - 1];
    return cut % 9 === 1 || (before?.type === 'settled' && before.finalist);
  });
  for (const cut of cuts) {
    const world = overfitting();
    const again = await toySearch({}, { before: events.slice(0, cut), world });
    assert.deepEqual(again.events.map(timeless), whole, `cut after ${cut} of ${events.length} events`);
    assert.equal(world.validated.length, tried - validatedIn(events.slice(0, cut)).length);
  }
});

test('what reaches the target and fails on the validation cases ends no search; what reaches it too and is sound does', async () => {
  // Pairs of numbers score alike, so that nothing is better than the first that reaches the target.
  const search = (value: number) => -Math.abs(51 - Math.floor(value / 2));
  for (const worth of [null, -1000]) {
    const sound = (value: number) => (value % 2 === 0 ? worth : search(value));
    let deceived = 0;
    for (let seed = 1; seed <= 6; seed++) {
      const budget = {
        ...given,
        seed,
        evaluations: 5000,
        target: 0,
        novelty: 'off',
        patience: 5000,
      } as const;
      const world = toyWorld(undefined, { search, validation: sound });
      const { state, events } = await toySearch(budget, { world });
      assert.equal(state.closed, 'target');
      assert.equal(numberIn(finalProgram(state).source), 103);
      if (events.some((event) => event.type === 'validated' && event.score === worth)) deceived += 1;
    }
    assert.ok(deceived > 0);
  }
});

test('a sandbox that fails over a validation is asked again', async () => {
  const world = overfitting();
  const { evaluate } = world.evaluator;
  let calls = 0;
  world.evaluator.evaluate = async (source, use, signal) => {
    if (use === 'validation' && ++calls % 2 === 1) throw new SandboxError('no process could be started');
    return await evaluate(source, use, signal);
  };
  const { state, events } = await toySearch(given, { world });
  assert.ok(state.closed);
  const tried = validatedIn(events).length;
  assert.ok(tried > 5);
  assert.equal(calls, 2 * (tried + 1));
});
