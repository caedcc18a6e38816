import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Source, sizeOf } from '../../core/search/program.ts';
import type { Evaluation, Evaluator } from '../../core/search/roles.ts';
import { cached } from '../../evaluators/cache.ts';

/** An evaluator that answers on command, and records what it was asked. */
function slow() {
  const asked: string[] = [];
  const jobs: string[] = [];
  const open: {
    resolve(found: Evaluation): void;
    reject(error: unknown): void;
    signal: AbortSignal | undefined;
  }[] = [];
  let disposed = 0;
  const evaluator: Evaluator = {
    evaluate(source, use, job, signal) {
      asked.push(`${use} ${Object.values(source)}`);
      jobs.push(job);
      const { promise, resolve, reject } = Promise.withResolvers<Evaluation>();
      signal?.addEventListener('abort', () => reject(signal.reason));
      open.push({ resolve, reject, signal });
      return promise;
    },
    measure: (...asked) => evaluator.evaluate(...asked),
    async [Symbol.asyncDispose]() {
      disposed++;
    },
  };
  return { evaluator, asked, jobs, open, disposals: () => disposed };
}

const key = (source: Source) => Object.values(source).join();
const crashed = (feedback: string): Evaluation => ({ outcome: { status: 'crashed', feedback } });
const program = (text: string): Source => ({ 'p.js': text });

test('a program is evaluated once, while it runs and afterwards, and once more for another use', async () => {
  const { evaluator, asked, open } = slow();
  const cache = cached(evaluator, key, 10);
  const two = [
    cache.evaluate(program('a'), 'scored', 'job-1'),
    cache.evaluate(program('a'), 'scored', 'job-2'),
  ];
  open[0]!.resolve(crashed('a'));
  assert.deepEqual(await Promise.all(two), [crashed('a'), crashed('a')]);
  await cache.evaluate(program('a'), 'scored', 'job-3');
  void cache.evaluate(program('a'), 'held-out', 'job-4');
  assert.deepEqual(asked, ['scored a', 'held-out a']);
});

test('programs of one key share an outcome', async () => {
  const { evaluator, asked, open } = slow();
  const cache = cached(evaluator, (source) => String(sizeOf(source)), 10);
  const first = cache.evaluate(program('ab'), 'scored', 'job-5');
  open[0]!.resolve(crashed('ab'));
  assert.equal(await cache.evaluate(program('cd'), 'scored', 'job-6'), await first);
  assert.equal(asked.length, 1);
});

test('the one least recently used is forgotten first', async () => {
  const { evaluator, asked, open } = slow();
  const cache = cached(evaluator, key, 2);
  for (const name of ['a', 'b', 'a', 'c', 'a', 'b']) {
    const outcome = cache.evaluate(program(name), 'scored', 'job-7');
    open.at(-1)!.resolve(crashed(name));
    assert.deepEqual(await outcome, crashed(name));
  }
  assert.deepEqual(asked, ['scored a', 'scored b', 'scored c', 'scored b']);
});

test('evaluations that hold more than 64 MB together are forgotten, the least recently used first', async () => {
  const { evaluator, asked, open } = slow();
  const cache = cached(evaluator, key, 100);
  const feedback = 'x'.repeat(1000);
  const verdicts = Array.from({ length: 20_000 }, (_, i) => ({ case: `c${i}`, score: 1, feedback }));
  const long: Evaluation = { outcome: { status: 'scored', score: 1, measures: {}, verdicts, feedback } };
  for (const name of ['a', 'b', 'a', 'c', 'a', 'c', 'b']) {
    const asking = cache.evaluate(program(name), 'scored', name);
    open.at(-1)!.resolve(long);
    assert.equal(await asking, long);
  }
  // Each holds some 24 MB, so two are kept.
  assert.deepEqual(asked, ['scored a', 'scored b', 'scored c', 'scored b']);
});

test('what was thrown is not kept', async () => {
  const { evaluator, asked, open } = slow();
  const cache = cached(evaluator, key, 2);
  const failing = cache.evaluate(program('a'), 'scored', 'job-8');
  open[0]!.reject(new Error('lost'));
  await assert.rejects(failing, /lost/);
  const again = cache.evaluate(program('a'), 'scored', 'job-9');
  open[1]!.resolve(crashed('a'));
  assert.deepEqual(await again, crashed('a'));
  assert.equal(asked.length, 2);
});

test('an abort ends the wait of its caller only; once all have left the evaluation is stopped', async () => {
  const { evaluator, asked, open } = slow();
  const cache = cached(evaluator, key, 2);
  const stop = new AbortController();
  const [leaves, stays] = [
    cache.evaluate(program('a'), 'scored', 'job-10', stop.signal),
    cache.evaluate(program('a'), 'scored', 'job-11'),
  ];
  stop.abort(new Error('mine'));
  await assert.rejects(leaves, /mine/);
  open[0]!.resolve(crashed('a'));
  assert.deepEqual(await stays, crashed('a'));

  const alone = new AbortController();
  const left = cache.evaluate(program('b'), 'scored', 'job-12', alone.signal);
  alone.abort(new Error('gone'));
  await assert.rejects(left, /gone/);
  assert.ok(open[1]!.signal?.aborted);
  const fresh = cache.evaluate(program('b'), 'scored', 'job-13');
  open[2]!.resolve(crashed('b'));
  assert.deepEqual(await fresh, crashed('b'));
  assert.equal(asked.length, 3);
});

test('disposal disposes of the evaluator inside', async () => {
  const { evaluator, disposals } = slow();
  await cached(evaluator, key, 2)[Symbol.asyncDispose]();
  assert.equal(disposals(), 1);
});
