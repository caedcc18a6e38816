import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Fact } from '../../../core/search/event.ts';
import { TrialPool } from '../../../core/search/trial-pool.ts';

/** A trial that waits, finds out one thing, waits again and ends. */
async function* trial(number: number, milliseconds: number): AsyncGenerator<Fact, string> {
  await new Promise((done) => setTimeout(done, milliseconds));
  yield { type: 'passed', trial: number, canonical: `c${number}` };
  await new Promise((done) => setTimeout(done, milliseconds));
  return `end ${number}`;
}

const ends = async (pool: TrialPool<string>, count: number): Promise<string[]> => {
  const result: string[] = [];
  for (let i = 0; i < count; i++) result.push((await pool.next())!.result);
  return result;
};

test('strict: trials end by number, however quick each was, and bring their facts along', async () => {
  const recorded: Fact[] = [];
  const pool = new TrialPool<string>('strict', async (fact) => void recorded.push(fact));
  for (const [number, wait] of [
    [1, 40],
    [2, 1],
    [3, 20],
  ] as const)
    pool.start(number, trial(number, wait));
  const first = await pool.next();
  assert.deepEqual([first?.trial, first?.facts.length], [1, 1]);
  assert.deepEqual(await ends(pool, 2), ['end 2', 'end 3']);
  assert.deepEqual(recorded, []);
  assert.equal(pool.size, 0);
});

test('arrival: trials end as they come, and facts are recorded as they come', async () => {
  const recorded: number[] = [];
  const pool = new TrialPool<string>('arrival', async (fact) => void recorded.push(fact.trial));
  for (const [number, wait] of [
    [1, 60],
    [2, 1],
    [3, 25],
  ] as const)
    pool.start(number, trial(number, wait));
  assert.deepEqual(await ends(pool, 3), ['end 2', 'end 3', 'end 1']);
  assert.deepEqual(recorded, [2, 3, 1]);
});

test('the error of one trial rejects a wait for any trial', async () => {
  const pool = new TrialPool<string>('strict', async () => {});
  pool.start(1, trial(1, 1000));
  pool.start(
    2,
    (async function* (): AsyncGenerator<Fact, string> {
      yield { type: 'passed', trial: 2, canonical: 'c2' };
      throw new Error('the sandbox fell over');
    })(),
  );
  await assert.rejects(pool.next(), /the sandbox fell over/);
});
