import assert from 'node:assert/strict';
import { test } from 'node:test';
import { learn } from '../../../core/learning/fold.ts';
import { learnerOf } from '../../../core/learning/learner.ts';
import type { PolicyTrainer } from '../../../core/learning/policy-trainer.ts';
import type { Rollout, SampledGroup } from '../../../core/learning/sampled.ts';
import { type LearningState, openLearning } from '../../../core/learning/state.ts';
import type { Event } from '../../../core/search/event.ts';
import { applyEvent } from '../../../core/search/fold.ts';
import { mainFile, withMain } from '../../../core/search/program.ts';
import type { Operator } from '../../../core/search/roles.ts';
import { initialState } from '../../../core/search/state.ts';
import { timeless, toySearch, toyWorld } from '../search/toy.ts';

const place = {
  kind: 'number',
  above: -1,
  slot: 0,
  left: -1,
  closed: [],
  old: false,
  numeral: true,
} as const;

/** An operator that learns: each trial samples the version of the weights that it was provided with. */
const learning: Operator = {
  name: 'learning',
  parents: 1,
  learns: true,
  runs: { least: 0, most: 0 },
  // biome-ignore lint/correctness/useYield: an operator that runs nothing
  *propose({ parents, provided, random }) {
    const { policy } = provided as unknown as { policy: { version: number } };
    const value = random.int(200);
    const drawn: Rollout = { actions: [value], logProbability: -1, key: `${value}` };
    const sampled: SampledGroup = { policy: 'toy', version: policy.version, place, rollouts: [drawn] };
    const parent = parents[0]!.source;
    const text = mainFile(parent).text.replace(/return -?[\d.]+/, `return ${value}`);
    return { source: withMain(parent, text), note: `by version ${policy.version}`, sampled };
  },
};

/** A trainer that makes a version of each batch, and refuses every third. */
const trainer = (): PolicyTrainer & { readonly trained: number[] } => {
  const trained: number[] = [];
  return {
    trained,
    policy: 'toy',
    at: (event) => ({ name: 'toy', version: event?.version ?? 0 }) as ReturnType<PolicyTrainer['at']>,
    async train({ version, groups }, from) {
      trained.push(version);
      await new Promise((done) => setImmediate(done));
      return {
        policy: 'toy',
        version,
        from: from?.version ?? 0,
        rollouts: groups.length,
        metrics: {},
        promoted: version % 3 > 0,
        checkpoint: { remote: `${version}` },
      };
    },
    async [Symbol.asyncDispose]() {},
  };
};

function learningWorld(state: LearningState) {
  const world = toyWorld();
  world.operators.set('learning', learning);
  const its = trainer();
  const elapsed = () => 0;
  return {
    ...world,
    learner: learnerOf({ learning: state, language: world.language, trainer: its, elapsed }),
    its,
  };
}

const settings = { evaluations: 120, 'learning.batch': 3, concurrency: 3, bandit: 'uniform' } as const;

async function searched(): Promise<{ events: Event[]; state: LearningState }> {
  const state = openLearning();
  const { events } = await toySearch(settings, { world: learningWorld(state) });
  return { events: events.map(timeless), state };
}

/** The learning state that a journal makes, folded beside the search's own as on a resume. */
function folded(events: readonly Event[]): LearningState {
  const result = openLearning();
  const [first, ...rest] = events;
  assert.ok(first?.type === 'opened');
  const state = initialState(first);
  for (const event of rest) {
    assert.ok(event.type !== 'opened');
    learn(result, event, state);
    applyEvent(state, event);
  }
  return result;
}

test('the fold of a journal is the learning state of the search that wrote it', async () => {
  const { events, state } = await searched();
  assert.ok(events.filter(({ type }) => type === 'trained').length >= 4);
  assert.deepEqual(folded(events), state);
});

test('a search that learns and is resumed from any of its events gives the same journal', async () => {
  const { events } = await searched();
  for (let cut = 1; cut < events.length; cut += 19) {
    const before = events.slice(0, cut);
    const world = learningWorld(folded(before));
    const { events: again } = await toySearch(settings, { world, before });
    assert.deepEqual(again.map(timeless), events, `cut at ${cut}`);
  }
});

test('a trial samples with the weights that were in use when it began, and none begins while weights are trained', async () => {
  const { events } = await searched();
  let [version, training, batch] = [0, false, 0];
  const began = new Map<number, number>();
  for (const event of events) {
    if (event.type === 'begun' && event.arm.operator === 'learning') {
      assert.ok(!training && ![...began.keys()].length, `trial ${event.trial} begins alone`);
      began.set(event.trial, version);
    }
    if (event.type === 'proposed' && event.sampled)
      assert.equal(event.sampled.version, began.get(event.trial));
    if (event.type === 'settled' && began.delete(event.trial)) training = ++batch % 3 === 0;
    if (event.type === 'trained') {
      training = false;
      if (event.promoted) version = event.version;
    }
  }
});
