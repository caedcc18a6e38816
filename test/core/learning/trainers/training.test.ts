import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { TrainingQueue } from '../../../../core/journal/training-queue.ts';
import type { Trainer } from '../../../../core/learning/trainers/trainer.ts';
import { Training } from '../../../../core/learning/trainers/training.ts';

const folder = mkdtempSync(join(tmpdir(), 'atoll-training-'));
after(() => rmSync(folder, { recursive: true, force: true }));

const idle: Trainer = {
  train: () => Promise.reject(new Error('nothing is trained here')),
  serve: () => Promise.reject(new Error('nothing is served here')),
  retire: async () => {},
  [Symbol.asyncDispose]: async () => {},
};

test('a version that is refused is no start, also while its event is not in the journal yet', async () => {
  await using queue = await TrainingQueue.open(join(folder, 'queue.jsonl'));
  for (const version of [1, 2]) {
    await queue.take({ version, objective: 'grpo', from: version - 1, keys: [`${version}/1`] });
    const weights = { version, state: `state-${version}`, sampler: `sampler-${version}`, metrics: {} };
    await queue.finish({ version, weights, milliseconds: 1 });
  }
  const config = { model: 'tinker:base', objective: 'grpo', every: 1 } as const;
  const training = new Training(async function* () {}, queue, idle, config);
  const none: never[] = [];
  assert.equal(training.start(none), 2);
  training.refuse(2);
  assert.equal(training.start(none), 1);
  assert.equal(training.start([{ version: 1, promoted: false }]), 0);
  assert.equal(training.start(none), 1, 'what is asked once is not remembered');
});
