import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import type { Weights } from '../../../../core/journal/training-queue.ts';
import { standardised } from '../../../../core/learning/advantages/group.ts';
import type { Batch, Sample } from '../../../../core/learning/batch.ts';
import { recipes } from '../../../../core/learning/recipes.ts';
import { tinkerTrainer } from '../../../../core/learning/trainers/tinker.ts';
import { openModel } from '../../../../core/models/open.ts';
import type { Message, Model } from '../../../../core/search/model.ts';
import { random } from '../../../../core/search/random.ts';
import { type Trained, trainerContract } from '../../../contracts/trainer.ts';
import { sumIn, untrained, vocabulary, worthOf } from '../../../fixtures/bigram.ts';
import {
  logOf,
  type Manner,
  openTrainerServer,
  saved,
  type TrainerServer,
} from '../../../fixtures/trainer-server.ts';

const folder = mkdtempSync(join(tmpdir(), 'atoll-tinker-'));
after(() => rmSync(folder, { recursive: true, force: true }));
const tokenizer = join(folder, 'tokens.json');
writeFileSync(tokenizer, JSON.stringify(vocabulary));

const never = new AbortController().signal;
const options = { kind: 'tinker', rank: 8, rate: 1, mismatch: 'on' } as const;
const question: readonly Message[] = [{ role: 'user', text: 'Write a program.' }];
const specOf = (server: TrainerServer): string =>
  `tinker:toy@${server.url}#tokenizer=${tokenizer},chat=plain,tokens=40`;
let dirs = 0;
const newDir = (): string => join(folder, `server-${++dirs}`);

async function opened(config: Partial<Manner> = {}): Promise<Trained & { dir: string; spec: string }> {
  const dir = newDir();
  const server = await openTrainerServer({ dir, ...config });
  const spec = specOf(server);
  const trainer = await tinkerTrainer(spec, options, {});
  let count = 0;
  return {
    dir,
    spec,
    trainer,
    keeps: true,
    learnt: ({ state }) => saved(dir, state).lineage.length,
    batch: (version, size) => ({
      version,
      objective: 'entropic',
      ...recipes.entropic,
      samples: Array.from({ length: size }, (_, i) => sampleOf(`${++count}/0`, [2, 3, 8, 0], i % 2 ? 1 : -1)),
    }),
    asked: async (name) => {
      await using model = await openModel(name, {});
      const answer = await model.ask(question, never);
      if ('fault' in answer) throw new Error(answer.fault);
      return answer.text;
    },
    async [Symbol.asyncDispose]() {
      await trainer[Symbol.asyncDispose]();
      await server[Symbol.asyncDispose]();
    },
  };
}

function sampleOf(key: string, tokens: readonly number[], advantage: number): Sample {
  // Told apart by what the model has tokens for.
  const number = Number(key.split('/')[0]).toString(2).replaceAll('0', ' + x').replaceAll('1', ' + 1');
  const messages = [{ role: 'user', text: number }] as const;
  const logprobs = tokens.map(() => -1);
  return { key, messages, text: '', drawn: { tokens, logprobs }, version: 0, reward: advantage, advantage };
}

trainerContract('a Tinker-style server', () => opened({ delay: 10 }));
trainerContract('a server that does what it is asked as often as it is asked', () =>
  opened({ delay: 10, forgetful: true }),
);

/** Draws answers, and makes of them a batch by the scores of their programs. */
async function batchOf(model: Model, version: number, from: number, size: number): Promise<Batch> {
  const answers = await Promise.all(Array.from({ length: size }, () => model.ask(question, never)));
  const rewards = answers.map((answer) => {
    assert.ok('text' in answer && answer.drawn, JSON.stringify(answer));
    const program = sumIn(answer.drawn.tokens);
    return program ? -[0, 1, 2, 3].reduce((sum, x) => sum + Math.abs(3 * x + 4 - program(x)), 0) : -80;
  });
  const advantages = standardised(rewards);
  const samples = answers.map((answer, i): Sample => {
    assert.ok('text' in answer);
    const { text, drawn } = answer;
    return {
      key: `${version}/${i}`,
      messages: question,
      text,
      drawn: drawn!,
      version: from,
      reward: rewards[i]!,
      advantage: advantages[i]!,
    };
  });
  return { version, objective: 'entropic', ...recipes.entropic, samples };
}

for (const loss of ['importance_sampling', 'ppo', 'cispo', 'cross_entropy'] as const) {
  test(`steps with the loss ${loss} change what the model writes, and what it writes gets better`, async () => {
    await using it = await opened();
    let weights: Weights | undefined;
    for (let version = 1; version <= 12; version++) {
      const spec = weights ? await it.trainer.serve(weights, never) : it.spec;
      await using model = await openModel(spec, {});
      const batch = await batchOf(model, version, version - 1, 32);
      // Imitation knows no wrong answers.
      const samples =
        loss === 'cross_entropy' ? batch.samples.filter(({ advantage }) => advantage > 0) : batch.samples;
      weights = await it.trainer.train({ ...batch, loss, samples }, weights, never);
      assert.ok((weights.metrics.masked ?? 0) === 0, 'sampler and trainer are one');
    }
    const before = worthOf(untrained(), random('worth'));
    const now = worthOf(saved(it.dir, weights!.state).weights, random('worth'));
    assert.ok(now > before + 2, `${before} before, ${now} after`);
  });
}

test('a token that the sampler and the trainer disagree about has no part in the step', async () => {
  await using it = await opened();
  const right = { tokens: [2, 3, 8, 0], logprobs: [-0.01, -1.8, -1.8, -0.02] };
  const wrong = { ...right, logprobs: [-0.01, -9, -1.8, -0.02] };
  const batch = it.batch(1, 1);
  const samples = [{ ...batch.samples[0]!, drawn: wrong }];
  const { metrics } = await it.trainer.train({ ...batch, samples }, undefined, never);
  assert.equal(metrics.masked, 1 / 4);
});

test('a server that is killed between any two requests and comes back loses nothing and learns nothing twice', async () => {
  const dir = newDir();
  await using source = await opened();
  let server = await openTrainerServer({ dir, delay: 5 });
  const port = Number(new URL(server.url).port);
  const trainer = await tinkerTrainer(specOf(server), options, {});
  const draw = random('server kills');
  let weights: Weights | undefined;
  try {
    for (let version = 1; version <= 8; version++) {
      const training = trainer.train(source.batch(version, 3), weights, never);
      await new Promise((done) => setTimeout(done, draw.next() * 120));
      await server[Symbol.asyncDispose]();
      server = await openTrainerServer({ dir, delay: 5, port });
      weights = await training;
      const { lineage, steps } = saved(dir, weights.state);
      const all = 3 * version;
      assert.deepEqual([lineage.length, new Set(lineage).size, steps], [all, all, version]);
    }
    assert.equal(logOf(dir).filter(({ type }) => type === 'started').length, 9);
  } finally {
    await trainer[Symbol.asyncDispose]();
    await server[Symbol.asyncDispose]();
  }
});

test('a key goes to the server in its header, and comes back in no message', async () => {
  await using right = await openTrainerServer({ dir: newDir(), key: 'tml-secret-123' });
  await using good = await tinkerTrainer(specOf(right), options, { TINKER_API_KEY: 'tml-secret-123' });
  await using source = await opened();
  const { version } = await good.train(source.batch(1, 2), undefined, never);
  assert.equal(version, 1);
  await using bad = await tinkerTrainer(specOf(right), options, { TINKER_API_KEY: 'tml-wrong-456' });
  await assert.rejects(bad.train(source.batch(1, 2), undefined, never), (error: Error) => {
    assert.equal(error.name, 'ModelError');
    assert.doesNotMatch(error.message, /tml-wrong-456/);
    return /status 401/.test(error.message);
  });
  await using model = await openModel(specOf(right), { TINKER_API_KEY: 'tml-wrong-456' });
  const answer = await model.ask(question, never);
  assert.ok('fault' in answer && answer.kind === 'wrong');
  assert.doesNotMatch(JSON.stringify(answer), /tml-wrong-456/);
});

test('the hosted service is not asked without a key', async () => {
  await assert.rejects(
    tinkerTrainer(`tinker:Qwen/Qwen3-8B#tokenizer=bytes`, options, {}),
    /Expected a key in the environment variable TINKER_API_KEY/,
  );
});
