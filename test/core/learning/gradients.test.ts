import assert from 'node:assert/strict';
import { it } from 'node:test';
import { cappedRatios, cispo } from '../../../core/learning/objectives/cispo.ts';
import { clippedTerm, clips } from '../../../core/learning/objectives/clipped.ts';
import { dapo } from '../../../core/learning/objectives/dapo.ts';
import { dpo } from '../../../core/learning/objectives/dpo.ts';
import { drGrpo } from '../../../core/learning/objectives/dr-grpo.ts';
import { grpo } from '../../../core/learning/objectives/grpo.ts';
import { gspo } from '../../../core/learning/objectives/gspo.ts';
import { importance } from '../../../core/learning/objectives/importance.ts';
import { mismatch } from '../../../core/learning/objectives/mismatch.ts';
import { mix } from '../../../core/learning/objectives/mix.ts';
import type { Loss } from '../../../core/learning/objectives/objective.ts';
import { ppo } from '../../../core/learning/objectives/ppo.ts';
import { reinforce } from '../../../core/learning/objectives/reinforce.ts';
import { sft } from '../../../core/learning/objectives/sft.ts';
import { random } from '../../../core/search/random.ts';
import { type Bigram, bigram, chain, entropiesOf, logprobsOf, sample } from './bigram.ts';

const draws = random('gradients');
const size = 5;
const sampler = bigram(size, draws, 0.8);
const anchor = bigram(size, draws, 0.8);
/** Far enough from the sampler that tokens lie on both sides of the clip, and in it. */
const trained: Bigram = { size, logits: sampler.logits.map((each) => each + 0.3 * draws.normal()) };

/** Six sequences of 4 to 9 tokens; the first two tokens and every fifth one are not the policy's own. */
const texts = Array.from({ length: 6 }, (_, i) => sample(sampler, 4 + i, draws));
const masks = texts.map((tokens) => tokens.map((_, t) => t >= 2 && t % 5 !== 4));
const advantages = texts.map((tokens) => tokens.map(() => draws.normal()));
const values = texts.map((tokens) => tokens.map(() => draws.normal()));

const batchAt = (policy: Bigram) =>
  texts.map((tokens, i) => ({
    logprobs: logprobsOf(policy, tokens),
    old: logprobsOf(sampler, tokens),
    reference: logprobsOf(anchor, tokens),
    advantages: advantages[i]!,
    mask: masks[i]!,
  }));
type Batch = ReturnType<typeof batchAt>;

const pairsOf = (batch: Batch) => [0, 2, 4].map((i) => ({ chosen: batch[i]!, rejected: batch[i + 1]! }));

/** The rows of pairs in the order of the batch. */
const flat = ({ loss, gradient }: ReturnType<typeof dpo>): Loss => ({
  loss,
  gradient: gradient.chosen.flatMap((row, i) => [row, gradient.rejected[i]!]),
});

const preferred = (options: Parameters<typeof dpo>[1]) => (batch: Batch) =>
  flat(dpo(pairsOf(batch), options));

/** IcePop's weights, from a sampler whose probabilities are others than the trainer thinks. */
const doubted = texts.map((tokens, i) =>
  mismatch(
    logprobsOf(sampler, tokens),
    logprobsOf(sampler, tokens).map((each) => each + draws.normal()),
    masks[i]!,
  ),
);
const weighed = (batch: Batch) => batch.map((each, i) => ({ ...each, weights: doubted[i]!.weights }));

const objectives: Record<string, (batch: Batch) => Loss> = {
  reinforce,
  importance,
  GRPO: (batch) => grpo(batch, { kl: 0 }),
  'GRPO with a divergence': (batch) => grpo(batch, { kl: 0.1 }),
  'Dr. GRPO': (batch) => drGrpo(batch, 9),
  DAPO: (batch) => dapo(batch),
  GSPO: (batch) => gspo(batch, clips.higher),
  IcePop: (batch) => grpo(weighed(batch), { kl: 0.05 }),
  SFT: sft,
  DPO: preferred({ beta: 0.4 }),
  'DPO by Jensen and Shannon': preferred({ beta: 0.4, divergence: 'js' }),
  'DPO by the forward divergence': preferred({ beta: 0.4, divergence: 'forward-kl' }),
  'DPO with the likelihood of the chosen': preferred({ beta: 0.4, rpo: 0.7 }),
  'SFT and RL mixed': (batch) => {
    const { loss, gradient } = mix(sft(batch), dapo(batch), 0.3);
    return { loss, gradient: gradient.sft.map((row, i) => row.map((each, t) => each + gradient.rl[i]![t]!)) };
  },
};

/** The largest error of an analytic gradient beside central differences, relative to the largest slope. */
function errorOf(lossAt: (policy: Bigram) => number, gradient: Float64Array): number {
  const h = 1e-5;
  let worst = 0;
  trained.logits.forEach((own, k) => {
    const at = (x: number) => lossAt({ size, logits: trained.logits.with(k, x) });
    worst = Math.max(worst, Math.abs((at(own + h) - at(own - h)) / (2 * h) - gradient[k]!));
  });
  return worst / Math.max(...gradient.map(Math.abs));
}

for (const [name, objective] of Object.entries(objectives)) {
  it(`the gradient of ${name} is that of its loss`, () => {
    const gradient = new Float64Array(trained.logits.length);
    objective(batchAt(trained)).gradient.forEach((row, i) => {
      chain(trained, texts[i]!, row, gradient);
    });
    const error = errorOf((policy) => objective(batchAt(policy)).loss, gradient);
    assert.ok(error < 1e-7, `${error}`);
  });

  it(`${name} has exactly no gradient where masked, and its loss does not look there`, () => {
    const batch = batchAt(trained);
    const { loss, gradient } = objective(batch);
    gradient.forEach((row, i) => {
      assert.equal(row.length, texts[i]!.length);
      row.forEach((slope, t) => {
        if (!masks[i]![t]) assert.ok(Object.is(Math.abs(slope), 0), `${i} ${t} ${slope}`);
      });
    });
    const elsewhere = batch.map((each) => ({
      ...each,
      logprobs: each.logprobs.map((own, t) => (each.mask[t] ? own : own - 3)),
      old: each.old.map((own, t) => (each.mask[t] ? own : own - 1)),
      advantages: each.advantages.map((own, t) => (each.mask[t] ? own : 100)),
    }));
    assert.equal(objective(elsewhere).loss, loss);
  });
}

it('some tokens of the batch are clipped and some are not, on either side', () => {
  const seen = new Set<string>();
  for (const { logprobs, old, advantages, mask } of batchAt(trained))
    logprobs.forEach((each, t) => {
      const { slope } = clippedTerm(each - old[t]!, advantages[t]!, clips.even);
      if (mask[t]) seen.add(`${Math.sign(advantages[t]!)} ${slope === 0 ? 'clipped' : 'free'}`);
    });
  assert.deepEqual([...seen].sort(), ['-1 clipped', '-1 free', '1 clipped', '1 free']);
});

it('the gradient of CISPO is that of the likelihood with its weights held', () => {
  const batch = batchAt(trained);
  const weights = batch.map((each) => cappedRatios(each, 1.2));
  assert.ok(weights.flat().includes(1.2) && weights.flat().some((each) => each < 1));
  const gradient = new Float64Array(trained.logits.length);
  const its = cispo(batch, 1.2);
  its.gradient.forEach((row, i) => {
    chain(trained, texts[i]!, row, gradient);
    row.forEach((slope, t) => {
      if (!masks[i]![t]) assert.ok(Object.is(Math.abs(slope), 0));
    });
  });
  const held = (policy: Bigram) =>
    reinforce(batchAt(policy).map((each, i) => ({ ...each, weights: weights[i]! }))).loss;
  assert.equal(held(trained), its.loss);
  assert.ok(errorOf(held, gradient) < 1e-7);
});

const valued = (policy: Bigram, critic: readonly (readonly number[])[]) =>
  batchAt(policy).map((each, i) => ({
    ...each,
    values: critic[i]!,
    oldValues: critic[i]!.map((_, t) => values[i]![t]! + 0.3 * advantages[i]![t]!),
    returns: advantages[i]!,
    entropies: entropiesOf(policy, texts[i]!),
  }));

it('the gradient of PPO is that of its loss, by policy, entropy and critic', () => {
  const balance = { value: 0.5, entropy: 0.01 };
  const { gradient } = ppo(valued(trained, values), balance);
  const chained = new Float64Array(trained.logits.length);
  gradient.logprobs.forEach((row, i) => {
    chain(trained, texts[i]!, row, chained, gradient.entropies[i]!);
  });
  assert.ok(errorOf((policy) => ppo(valued(policy, values), balance).loss, chained) < 1e-7);
  const h = 1e-5;
  values.forEach((row, i) => {
    row.forEach((own, t) => {
      const at = (x: number) => ppo(valued(trained, values.with(i, row.with(t, x))), balance).loss;
      // The old values hang on the values in `valued`, so they are held here.
      const held = (x: number) => {
        const batch = valued(trained, values);
        return ppo(batch.with(i, { ...batch[i]!, values: row.with(t, x) }), balance).loss;
      };
      assert.ok(Math.abs((held(own + h) - held(own - h)) / (2 * h) - gradient.values[i]![t]!) < 1e-8);
      if (!masks[i]![t]) {
        assert.equal(at(own + 5), at(own));
        for (const part of Object.values(gradient)) assert.ok(Object.is(Math.abs(part[i]![t]!), 0));
      }
    });
  });
  assert.ok(gradient.values.flat().some((each) => each !== 0));
});
