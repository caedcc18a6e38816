import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openPool } from '../../../evaluators/javascript/pool.ts';
import { freeStarts, inTurn } from '../../../evaluators/javascript/starts.ts';
import { doubling, good } from '../doubling.ts';

test('no more starts than there are free run at a time, and one that fails makes room', async () => {
  const free = freeStarts(3);
  let under = 0;
  let most = 0;
  const starts = Array.from({ length: 40 }, (_, i) =>
    inTurn(async () => {
      most = Math.max(most, ++under);
      await new Promise(setImmediate);
      under--;
      if (i % 4 === 0) throw new Error('not started');
      return i;
    }, free),
  );
  const ended = await Promise.allSettled(starts);
  assert.equal(most, 3);
  assert.equal(ended.filter(({ status }) => status === 'fulfilled').length, 30);
  assert.equal(free[0], 3);
});

test('many more workers than cores all start, and evaluate', async () => {
  await using pool = await openPool(doubling(), { workers: 16, isolation: 'context' });
  const outcomes = await Promise.all(
    Array.from({ length: 48 }, (_, i) => pool.evaluate(good(i), 'scored', `${i}`)),
  );
  assert.deepEqual(new Set(outcomes.map(({ outcome }) => outcome.status)), new Set(['scored']));
});
