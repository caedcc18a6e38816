import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Batch, LossName } from '../../../../core/learning/batch.ts';
import { cispo } from '../../../../core/learning/objectives/cispo.ts';
import { clipped } from '../../../../core/learning/objectives/clipped.ts';
import { importance } from '../../../../core/learning/objectives/importance.ts';
import { type Loss, perToken, type Sequence, sumOf } from '../../../../core/learning/objectives/objective.ts';
import { recipes } from '../../../../core/learning/recipes.ts';
import { type Datum, scalesOf, type TokenizedAnswer } from '../../../../core/learning/trainers/datum.ts';
import { itemsOf } from '../../../../core/learning/trainers/items.ts';
import { close } from '../near.ts';

/** What a server makes of its losses: ratios of its own probabilities to those it is given. */
const losses: Record<Exclude<LossName, 'cross_entropy'>, (batch: readonly Sequence[]) => Loss> = {
  importance_sampling: importance,
  ppo: (batch) => sumOf(batch, perToken(batch), clipped({ low: 0.2, high: 0.2 })),
  cispo: (batch) => cispo(batch, 5),
};

const answerOf = (tokens: number, version: number, logprobs?: readonly number[]): TokenizedAnswer => ({
  sample: { key: '1/0', messages: [], text: '', version, reward: 1, advantage: 1 },
  prompt: [7],
  tokens: Array.from({ length: tokens }, (_, i) => i),
  ...(logprobs ? { logprobs } : {}),
});

/** How hard each token of the only answer is pulled up by a server whose weights are `now`, the loss divided by nothing. */
function pulls(loss: keyof typeof losses, now: readonly number[], { loss_fn_inputs }: Datum): number[] {
  const list = (name: string): number[] => [...loss_fn_inputs[name]!.data];
  const mask = now.map(() => true);
  const sequence = { logprobs: now, old: list('logprobs'), advantages: list('advantages'), mask };
  return losses[loss]([sequence]).gradient[0]!.map((slope) => -slope * now.length);
}

for (const loss of ['importance_sampling', 'ppo', 'cispo'] as const) {
  test(`${loss}: a token that the trainer finds twice as likely as the sampler did is pulled twice as hard, and not four times`, () => {
    // Ratios of trainer to sampler: 1, 2 and 8, which is outside the band.
    const own = [Math.log(0.5), Math.log(0.4), Math.log(0.8)];
    const sampled = [Math.log(0.5), Math.log(0.2), Math.log(0.1)];
    const batch: Batch = { version: 2, objective: 'x', loss, per: 'token', samples: [] };
    const { data, metrics } = itemsOf(batch, [answerOf(3, 1, sampled)], [1], 1, [own], true);
    close(pulls(loss, own, data[0]!), [1, 2, 0]);
    assert.deepEqual(metrics, { masked: 1 / 3 });
  });
}

test('an answer of older weights is weighed by one ratio, that of the new to the old probability', () => {
  const own = [Math.log(0.4)];
  const batch: Batch = { version: 3, objective: 'x', loss: 'importance_sampling', per: 'token', samples: [] };
  const { data } = itemsOf(batch, [answerOf(1, 1, [Math.log(0.2)])], [1], 2, [own], true);
  close(pulls('importance_sampling', own, data[0]!), [2]);
});

test('an answer whose sampler does not tell its probabilities has the ratio 1', () => {
  const own = [Math.log(0.4)];
  const batch: Batch = { version: 3, objective: 'x', loss: 'ppo', per: 'token', samples: [] };
  const { data } = itemsOf(batch, [answerOf(1, 0)], [1], 2, [own], true);
  close(pulls('ppo', own, data[0]!), [1]);
});

test('each recipe divides its loss as its objective does: Dr. GRPO by the number of answers times the most tokens of one', () => {
  const answers = [answerOf(2, 0), answerOf(6, 0)];
  const scales = (name: keyof typeof recipes) => scalesOf(recipes[name], answers, 100);
  assert.deepEqual(scales('dr-grpo'), [1 / 200, 1 / 200]);
  assert.deepEqual(scales('dapo'), [1 / 8, 1 / 8]);
  assert.deepEqual(scales('grpo'), [1 / 4, 1 / 12]);
});
