import assert from 'node:assert/strict';
import { appendFileSync, mkdtempSync, readFileSync, rmSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { readQueue, TrainingQueue } from '../../../core/journal/training-queue.ts';

const folder = mkdtempSync(join(tmpdir(), 'atoll-queue-'));
after(() => rmSync(folder, { recursive: true, force: true }));
let count = 0;
const path = (): string => join(folder, String(++count), 'queue.jsonl');
const taken = (version: number, ...keys: string[]) => ({
  version,
  objective: 'grpo',
  from: version - 1,
  keys,
});
const done = (version: number) => ({
  version,
  weights: { version, state: `s${version}`, sampler: `w${version}`, metrics: {} },
  milliseconds: 5,
});

test('an answer is sent once, and a batch that was not trained is still open after a restart', async () => {
  const file = path();
  {
    await using queue = await TrainingQueue.open(file);
    await queue.take(taken(1, '1/0', '2/0'));
    await queue.finish(done(1));
    await queue.take(taken(2, '3/0'));
    await assert.rejects(queue.take(taken(3, '4/0')), /Expected a batch of new answers after the one before/);
  }
  await using queue = await TrainingQueue.open(file);
  assert.deepEqual(queue.open, taken(2, '3/0'));
  assert.deepEqual(
    ['1/0', '2/0', '3/0', '4/0'].map((key) => queue.has(key)),
    [true, true, true, false],
  );
  await assert.rejects(queue.finish(done(1)), /Expected version 2 to come back, got 1/);
  await queue.finish(done(2));
  await assert.rejects(queue.take(taken(3, '1/0')), /got version 3 with 1\/0/);
  assert.deepEqual(
    readQueue(file).map(({ version, keys }) => [version, keys.length]),
    [
      [1, 2],
      [2, 1],
    ],
  );
});

test('cut off at any byte, a queue holds the whole lines before that and takes new ones', async () => {
  const file = path();
  {
    await using queue = await TrainingQueue.open(file);
    await queue.take(taken(1, '1/0'));
    await queue.finish(done(1));
    await queue.take(taken(2, '2/0'));
  }
  const whole = readFileSync(file);
  const first = whole.indexOf(10) + 1;
  for (let bytes = first; bytes < whole.length; bytes += 7) {
    truncateSync(file, 0);
    appendFileSync(file, whole.subarray(0, bytes));
    await using queue = await TrainingQueue.open(file);
    const lines = whole.subarray(0, bytes).filter((byte) => byte === 10).length;
    assert.deepEqual(queue.open?.version, lines === 1 ? 1 : undefined, `${bytes} bytes`);
    if (lines === 1) await queue.finish(done(1));
    await queue.take(taken(2, '2/0'));
    assert.equal(readFileSync(file, 'utf8').trim().split('\n').length, 3);
  }
});

test('a line that is broken in the middle is refused', async () => {
  const file = path();
  {
    await using queue = await TrainingQueue.open(file);
    await queue.take(taken(1, '1/0'));
    await queue.finish(done(1));
  }
  const text = readFileSync(file, 'utf8').replace('1/0', '9/9');
  truncateSync(file, 0);
  appendFileSync(file, text);
  await assert.rejects(
    TrainingQueue.open(file),
    /Expected line 1 of .* to be whole, got one whose checksum does not fit/,
  );
});

test('a batch that is in no journal is kept beside the queue', async () => {
  await using queue = await TrainingQueue.open(path());
  await queue.keep('batch-1.json', '{}');
  assert.equal(await queue.kept('batch-1.json'), '{}');
  await assert.rejects(queue.kept('batch-2.json'), /Expected the batch batch-2.json/);
});
