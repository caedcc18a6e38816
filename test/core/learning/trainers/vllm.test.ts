import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { startOf } from '../../../../core/journal/lock.ts';
import type { Batch } from '../../../../core/learning/batch.ts';
import { recipes } from '../../../../core/learning/recipes.ts';
import { vllmTrainer } from '../../../../core/learning/trainers/vllm.ts';
import { openModel } from '../../../../core/models/open.ts';
import { type Trained, trainerContract } from '../../../contracts/trainer.ts';
import { type AdapterServer, openAdapterServer } from '../../../fixtures/adapter-server.ts';
import { adapterIn } from '../../../fixtures/adapter-trainer.ts';
import { openModelServer } from '../../../fixtures/model-server.ts';
import { isAlive, until } from '../../../support/until.ts';

const folder = mkdtempSync(join(tmpdir(), 'atoll-vllm-'));
after(() => rmSync(folder, { recursive: true, force: true }));
const never = new AbortController().signal;
const script = fileURLToPath(new URL('../../../fixtures/adapter-trainer.ts', import.meta.url));
const command = `"${process.execPath}" "${script}"`;
let runs = 0;

async function opened(
  train = command,
  env: Record<string, string> = {},
): Promise<Trained & { server: AdapterServer; dir: string }> {
  const server = await openAdapterServer();
  const dir = join(folder, `run-${++runs}`, 'checkpoints');
  const options = { kind: 'vllm', command: train } as const;
  const trainer = await vllmTrainer(`compatible:toy@${server.url}`, options, dir, {
    PATH: process.env.PATH,
    ...env,
  });
  let count = 0;
  return {
    server,
    dir,
    trainer,
    keeps: false,
    learnt: ({ state }) => adapterIn(state).lineage.length,
    batch: (version, size) => batchOf(version, () => ++count, size),
    asked: async (spec) => {
      await using model = await openModel(spec, {});
      const answer = await model.ask([{ role: 'user', text: 'Write a program.' }], never);
      if ('fault' in answer) throw new Error(answer.fault);
      return answer.text;
    },
    async [Symbol.asyncDispose]() {
      await trainer[Symbol.asyncDispose]();
      await server[Symbol.asyncDispose]();
    },
  };
}

function batchOf(version: number, count: () => number, size: number): Batch {
  const text = '```js\nexport function f(x) {\n  return 0 + x;\n}\n```';
  const messages = [{ role: 'user', text: 'Write a program.' }] as const;
  const samples = Array.from({ length: size }, () => {
    const key = `${count()}/0`;
    return { key, messages, text, version: 0, reward: 0.5, advantage: 1 };
  });
  return { version, objective: 'grpo', ...recipes.grpo, samples };
}

trainerContract('a command and a vLLM-style server', opened);

test('the command gets what it is to learn as lines of prompt, completion and advantage, and no key of a model', async () => {
  const key = 'sk-secret-789';
  await using it = await opened(command, { ATOLL_API_KEY: key, OPENAI_API_KEY: key });
  const { state } = await it.trainer.train(it.batch(1, 2), undefined, never);
  const lines = readFileSync(join(state, '..', 'answers.jsonl'), 'utf8')
    .trim()
    .split('\n');
  const [first] = lines.map((line) => JSON.parse(line));
  assert.deepEqual(Object.keys(first), ['key', 'prompt', 'completion', 'reward', 'advantage', 'version']);
  assert.deepEqual(first.prompt, [{ role: 'user', content: 'Write a program.' }]);
  const facts = JSON.parse(readFileSync(join(state, '..', 'batch.json'), 'utf8'));
  assert.deepEqual(facts, {
    version: 1,
    model: 'toy',
    objective: 'grpo',
    loss: 'ppo',
    clip: { low: 0.8, high: 1.2 },
    per: 'answer',
    limit: 8192,
  });
});

test('an adapter that is loaded and cannot be asked is served to no one', async () => {
  await using deaf = await openModelServer((_, { path }) =>
    path === '/v1/load_lora_adapter' ? { status: 200 } : { status: 400, body: 'rank 64 is above 16' },
  );
  const options = { kind: 'vllm', command } as const;
  await using trainer = await vllmTrainer(`compatible:toy@${deaf.url}`, options, folder, process.env);
  const weights = { version: 1, state: folder, sampler: 'some-v0001', metrics: {} };
  await assert.rejects(trainer.serve(weights, never), /status 400 to chat\/completions: rank 64 is above 16/);
  assert.equal(deaf.requests.length, 2);
});

test('an adapter that the server cannot load is served to no one', async () => {
  await using it = await opened();
  const weights = await it.trainer.train(it.batch(1, 2), undefined, never);
  writeFileSync(join(weights.state, 'weights.json'), 'no weights');
  await assert.rejects(it.trainer.serve(weights, never), {
    name: 'ModelError',
    message: /Expected the adapter run-\d+-v0001 to be served, got status 404 to load_lora_adapter/,
  });
  await assert.rejects(it.trainer.serve({ ...weights, state: '/nowhere' }, never), { name: 'ModelError' });
});

test('a command that fails is an error with its last line, and leaves no adapter', async () => {
  await using it = await opened('echo loading; echo "no GPU here" >&2; exit 3');
  await assert.rejects(it.trainer.train(it.batch(1, 2), undefined, never), {
    name: 'ModelError',
    message: /got status 3: no GPU here/,
  });
  const folder = join(it.dir, 'adapters', `run-${runs}-v0001`);
  assert.ok(existsSync(join(folder, 'answers.jsonl')) && !existsSync(join(folder, 'adapter')));
});

test('a command that trains on after its engine was killed is ended before the batch is trained again', async () => {
  await using it = await opened();
  const folder = join(it.dir, 'adapters', `run-${runs}-v0001`);
  mkdirSync(folder, { recursive: true });
  const orphan = spawn('sleep', ['60'], { detached: true, stdio: 'ignore' });
  const ended = new Promise((done) => orphan.on('close', (_, signal) => done(signal)));
  writeFileSync(join(folder, 'process'), `${orphan.pid} ${startOf(orphan.pid!)}`);
  await it.trainer.train(it.batch(1, 2), undefined, never);
  assert.equal(await ended, 'SIGKILL');
});

test('a command that is stopped is stopped with all that it started', async () => {
  await using it = await opened(
    'echo $$ > "$ATOLL_BATCH/pids"; sleep 60 & echo $! >> "$ATOLL_BATCH/pids"; wait',
  );
  const batch = join(it.dir, 'adapters', `run-${runs}-v0001`);
  const pids = (): number[] => {
    const path = join(batch, 'pids');
    return existsSync(path) ? readFileSync(path, 'utf8').split('\n').filter(Boolean).map(Number) : [];
  };
  const stop = new AbortController();
  const reason = new Error('stopped');
  const trained = assert.rejects(
    it.trainer.train(it.batch(1, 2), undefined, stop.signal),
    (error) => error === reason,
  );
  await until(() => pids().length === 2);
  stop.abort(reason);
  await trained;
  assert.ok(existsSync(join(batch, 'answers.jsonl')));
  await until(() => !pids().some(isAlive));
});
