import assert from 'node:assert/strict';
import { test } from 'node:test';
import { byArm } from '../../../core/search/components.ts';
import type { Event } from '../../../core/search/event.ts';
import { mainFile, withMain } from '../../../core/search/program.ts';
import type { Operator, Task } from '../../../core/search/roles.ts';
import { ask } from '../../../core/search/step.ts';
import { talk, talkingWorld, toyModel } from './talk.ts';
import { toySearch } from './toy.ts';

const of = <T extends Event['type']>(events: readonly Event[], type: T) =>
  events.filter((event): event is Extract<Event, { type: T }> => event.type === type);

/** Asks about the child that gets its second try; keeps the tasks it was given. */
const retrying = (kind: 'failed' | 'missed', tasks: Task[]): Operator => ({
  ...talk,
  name: kind,
  retries: kind,
  *propose(task) {
    tasks.push(task);
    const { source } = task.attempt!;
    const heard = yield* ask([{ role: 'user', text: `retry ${mainFile(source!).text}` }], 'propose');
    if ('unheard' in heard) return { malformed: heard.unheard };
    const text = mainFile(source!).text.replace(/return -?[\d.]+/, `return ${heard.text}.5`);
    return { source: withMain(source!, text), note: 'retried' };
  },
});

test('a child that failed or missed by little gets one second try, beside the parent it was made from', async () => {
  const failed: Task[] = [];
  const missed: Task[] = [];
  const model = toyModel((_, call) => ({ text: String((call * 37) % 200) }));
  const world = talkingWorld(model);
  const operators = [talk, retrying('failed', failed), retrying('missed', missed)];
  const { events } = await toySearch(
    { seed: 1, evaluations: 200, order: 'arrival', reflectEvery: 0, bandit: 'uniform' },
    { world: { ...world, operators: byArm(operators) } },
  );
  assert.ok(failed.length > 5 && missed.length > 5, `${failed.length} ${missed.length}`);
  for (const { attempt, parents } of [...failed, ...missed]) {
    assert.equal(parents[0]!.id, attempt!.parent.id);
    const settled = of(events, 'settled').find(({ trial }) => trial === attempt!.trial)!;
    assert.equal(settled.retry, attempt!.retry);
  }
  assert.ok(failed.every(({ attempt }) => attempt!.retry === 'failed' && attempt!.feedback === 'unlucky'));
  assert.ok(missed.every(({ attempt }) => attempt!.retry === 'missed' && attempt!.score !== undefined));
  const tries = of(events, 'begun').flatMap(({ retries }) => retries ?? []);
  assert.equal(new Set(tries).size, tries.length, 'no child gets a third try');
});

test('later trials receive the attempts, newest last, with their results', async () => {
  const tasks: Task[] = [];
  const model = toyModel((_, call) => ({ text: String((call * 37) % 200) }));
  const told: Operator = {
    ...talk,
    propose: (task) => {
      tasks.push(task);
      return talk.propose(task);
    },
  };
  const world = { ...talkingWorld(model), operators: byArm([told]) };
  const { events } = await toySearch(
    { seed: 1, evaluations: 60, concurrency: 1, reflectEvery: 5 },
    { world },
  );
  const settled = of(events, 'settled');
  const last = tasks.at(-1)!.attempts;
  assert.equal(last.length, 40);
  for (const { trial, verdict, score } of last) {
    assert.equal(verdict, settled.find((each) => each.trial === trial)!.verdict);
    const evaluated = of(events, 'evaluated').find((each) => each.trial === trial);
    if (evaluated?.outcome.status === 'scored') assert.equal(score, evaluated.outcome.score);
  }
  assert.deepEqual(
    last.map(({ trial }) => trial),
    last.map(({ trial }) => trial).toSorted((a, b) => a - b),
  );
  assert.ok(
    tasks.some(({ lesson }) => lesson !== ''),
    'a lesson reaches later trials',
  );
  assert.equal(
    tasks.filter(({ drawsLesson }) => drawsLesson).length,
    of(events, 'begun').filter(({ reflects }) => reflects).length,
  );
});
