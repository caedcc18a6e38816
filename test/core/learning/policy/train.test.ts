import assert from 'node:assert/strict';
import { test } from 'node:test';
import { policyKinds } from '../../../../core/learning/backends/policy-kinds.ts';
import { blankTable, tableDistribution } from '../../../../core/learning/policy/table.ts';
import { holds, prepare, valuesOf } from '../../../../core/learning/policy/train.ts';
import { readWeights } from '../../../../core/learning/policy/weights.ts';
import type { Group } from '../../../../core/learning/rollout-buffer.ts';
import { random } from '../../../../core/search/random.ts';
import { drawn, grammar, groupOf, open, prior } from './draws.ts';

const place = { ...open, old: false, numeral: false };
const method = { rate: 0.05, divergence: 0.6, shuffled: false, seed: 1, resetMomentum: false };

/** What a toy asks for: expressions that say `Math.sin` of something. */
const sines = (text: string): number => (text.includes('Math.sin(') ? 1 : 0) + (text.includes('y') ? 0.5 : 0);

for (const [kind, rate, batches] of [
  ['table', 0.07, 16],
  ['network', 0.02, 16],
] as const) {
  test(`the ${kind} comes to draw what is rewarded, and does not with the rewards shuffled or where all is alike`, async () => {
    const share = async (
      given: Partial<typeof method>,
      rewardOf: (text: string) => number,
    ): Promise<number> => {
      const policyKind = policyKinds[kind];
      const draw = random('toy', kind);
      let text: string | undefined;
      const before: Group[] = [];
      for (let version = 0; version < batches; version++) {
        const policy = policyKind.policy(grammar, text, version, 1);
        const group = groupOf(policy, place, draw, 40, version, rewardOf);
        const result = await policyKind.train(grammar, text, [group], before.slice(-4), {
          ...method,
          rate,
          ...given,
        });
        if (result.promoted) text = result.text;
        before.push(group);
      }
      const policy = policyKind.policy(grammar, text, batches, 1);
      const texts = Array.from({ length: 400 }, () => drawn(policy, place, draw).text);
      return texts.filter((each) => sines(each) >= 1).length / texts.length;
    };
    const [own, shuffled, alike] = [
      await share({}, sines),
      await share({ shuffled: true }, sines),
      await share({}, () => 1),
    ];
    assert.ok(own > 0.5 && own > 3 * shuffled && own > 3 * alike, `${own}, ${shuffled}, ${alike}`);
  });
}

test('a duplicate is the worst of its group, and one rollout in five is held back, of earlier batches too', () => {
  const group = groupOf(prior, place, random('group'), 40, 1, sines);
  const { rollouts } = group.sampled;
  const duplicates = rollouts.filter(({ duplicate }) => duplicate);
  assert.ok(duplicates.length > 1 && duplicates.some(({ reward }) => reward > 0));
  const batch = prepare([group], [group], method);
  assert.equal(batch.training.length, 32);
  assert.equal(batch.heldOut.length, 16);
  const all = [...batch.training, ...batch.heldOut];
  const worst = Math.min(...all.map(({ advantage }) => advantage));
  for (const { rollout: each, advantage } of all) if (each.duplicate) assert.equal(advantage, worst);
});

test('what makes held back rollouts that did well less likely is not promoted, by more than chance', () => {
  const group = groupOf(prior, place, random('held'), 200, 1, sines);
  const { heldOut } = prepare([group], [], method);
  const blank = blankTable(grammar);
  const before = valuesOf(heldOut, tableDistribution(blank));
  const towards = (weight: number) => {
    const weights = blank.weights.slice();
    weights[grammar.numbers.get('Math.sin')!] = weight;
    return valuesOf(heldOut, tableDistribution({ grammar, weights }));
  };
  assert.equal(holds(before, towards(-3)), false);
  assert.equal(holds(before, towards(0.5)), true);
  assert.equal(holds(before, before), true);
});

test('a batch learnt from again comes to the same, to the last bit', async () => {
  const group = groupOf(prior, place, random('same'), 40, 1, sines);
  for (const kind of Object.values(policyKinds)) {
    const [one, two] = [
      await kind.train(grammar, undefined, [group], [], method),
      await kind.train(grammar, undefined, [group], [], method),
    ];
    assert.deepEqual(one, two);
  }
});

test('after a refusal the momentum of earlier trainings is dropped, and the step is a short one', async () => {
  const group = groupOf(prior, place, random('halt'), 40, 1, sines);
  const first = await policyKinds.table.train(grammar, undefined, [group], [], method);
  const stepOf = async (resetMomentum: boolean): Promise<number> => {
    const { text } = await policyKinds.table.train(grammar, first.text, [group], [], {
      ...method,
      resetMomentum,
    });
    const [a, b] = [first.text, text].map((each) => readWeights(each, () => new Float32Array()).weights) as [
      Float32Array,
      Float32Array,
    ];
    return a.reduce((sum, each, i) => sum + Math.abs(each - b[i]!), 0);
  };
  const [on, off] = [await stepOf(false), await stepOf(true)];
  assert.ok(off > 0 && off < 0.7 * on, `${off}, ${on}`);
});
