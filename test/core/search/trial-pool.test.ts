import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Fact } from '../../../core/search/event.ts';
import { TrialPool } from '../../../core/search/trial-pool.ts';

/** A trial that yields one fact once `first` is resolved, and ends once `last` is. */
function gated(number: number) {
  const [first, last] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  async function* work(): AsyncGenerator<Fact, string> {
    await first.promise;
    yield { type: 'passed', trial: number, canonical: `c${number}` };
    await last.promise;
    return `end ${number}`;
  }
  return { number, work: work(), first, last };
}

/** A pool with the trials 1 to 3 in it, the facts it recorded, and a way to let one of its trials end. */
function opened(order: 'strict' | 'arrival') {
  const recorded: number[] = [];
  const pool = new TrialPool<string>(order, async (fact) => void recorded.push(fact.trial));
  const trials = [1, 2, 3].map(gated);
  for (const { number, work } of trials) pool.start(number, work);
  const end = (number: number): void => {
    trials[number - 1]!.first.resolve();
    trials[number - 1]!.last.resolve();
  };
  return { pool, recorded, trials, end };
}

/** Every promise that is resolved has run its reactions after that. */
const settled = (): Promise<void> => new Promise((done) => setImmediate(done));

test('strict: trials end by number, however quick each was, and bring their facts along', async () => {
  const { pool, recorded, end } = opened('strict');
  const first = pool.next();
  end(2);
  end(3);
  await settled();
  assert.equal(pool.size, 3);
  end(1);
  const { trial, facts } = (await first)!;
  assert.deepEqual([trial, facts.length], [1, 1]);
  assert.deepEqual([(await pool.next())?.result, (await pool.next())?.result], ['end 2', 'end 3']);
  assert.deepEqual(recorded, []);
  assert.equal(pool.size, 0);
});

test('arrival: trials end as they come, and facts are recorded as they come', async () => {
  const { pool, recorded, trials, end } = opened('arrival');
  trials[2]!.first.resolve();
  await settled();
  assert.deepEqual(recorded, [3]);
  for (const number of [2, 3, 1]) {
    end(number);
    assert.equal((await pool.next())?.result, `end ${number}`);
  }
  assert.deepEqual(recorded, [3, 2, 1]);
});

test('what makes one trial fail reaches the caller that waits, even for another trial', async () => {
  const pool = new TrialPool<string>('strict', async () => {});
  pool.start(1, gated(1).work);
  pool.start(
    2,
    (async function* (): AsyncGenerator<Fact, string> {
      yield { type: 'passed', trial: 2, canonical: 'c2' };
      throw new Error('the sandbox fell over');
    })(),
  );
  await assert.rejects(pool.next(), /the sandbox fell over/);
});
