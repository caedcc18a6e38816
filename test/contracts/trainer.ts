import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Weights } from '../../core/journal/training-queue.ts';
import type { Batch } from '../../core/learning/batch.ts';
import type { Trainer } from '../../core/learning/trainers/trainer.ts';

/** A trainer, and what its other side knows. */
export interface Trained extends AsyncDisposable {
  readonly trainer: Trainer;
  /** How many answers these weights were trained on, each counted as often as it was. */
  learnt(weights: Weights): number;
  /** A batch of `count` answers, all of them new. */
  batch(version: number, size: number): Batch;
  /** What one answer of a model of that SPEC is. @throws where there is no such model. */
  asked(spec: string): Promise<string>;
  /** Whether weights that are taken away can still be asked. */
  readonly keeps: boolean;
}

/** What every trainer keeps to. */
export function trainerContract(name: string, open: () => Promise<Trained>): void {
  const never = new AbortController().signal;

  test(`${name}: weights come from those before them, and know every answer of their batches once`, async () => {
    await using it = await open();
    const first = await it.trainer.train(it.batch(1, 5), undefined, never);
    const second = await it.trainer.train(it.batch(2, 7), first, never);
    assert.deepEqual([first.version, second.version], [1, 2]);
    assert.deepEqual([it.learnt(first), it.learnt(second)], [5, 12]);
    assert.ok([...Object.values(first.metrics)].every(Number.isFinite));
  });

  test(`${name}: going back to earlier weights leaves out what came after them`, async () => {
    await using it = await open();
    const first = await it.trainer.train(it.batch(1, 5), undefined, never);
    await it.trainer.train(it.batch(2, 7), first, never);
    const third = await it.trainer.train(it.batch(3, 2), first, never);
    assert.equal(it.learnt(third), 7);
  });

  for (const after of [0, 20, 60, 120]) {
    test(`${name}: stopped after ${after} ms and told again, it has learnt a batch once`, async () => {
      await using it = await open();
      const first = await it.trainer.train(it.batch(1, 3), undefined, never);
      const batch = it.batch(2, 4);
      const stop = new AbortController();
      const timer = setTimeout(() => stop.abort(new Error('stopped')), after);
      let second = await it.trainer.train(batch, first, stop.signal).catch((error) => {
        assert.equal(error, stop.signal.reason);
        return undefined;
      });
      clearTimeout(timer);
      second ??= await it.trainer.train(batch, first, never);
      assert.equal(it.learnt(second), 7);
    });
  }

  test(`${name}: weights can be asked once they are served, twice if need be, until they are taken away`, async () => {
    await using it = await open();
    const weights = await it.trainer.train(it.batch(1, 5), undefined, never);
    const spec = await it.trainer.serve(weights, never);
    assert.equal(await it.trainer.serve(weights, never), spec);
    assert.ok((await it.asked(spec)).length > 0);
    await it.trainer.retire(weights);
    await it.trainer.retire(weights);
    if (!it.keeps) await assert.rejects(it.asked(spec));
  });
}
