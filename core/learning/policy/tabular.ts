import { adamStep, withoutMomentum } from './adam.ts';
import { samplerOf } from './odds.ts';
import type { PolicyKind } from './policy-kind.ts';
import { addSlopes, blankTable, tableDistribution } from './table.ts';
import { prepare, report } from './train.ts';
import { readWeights, writeWeights } from './weights.ts';

/** The tabular policy: one step of Adam for each batch. */
export const tabular: PolicyKind = {
  name: 'table',
  policy(grammar, text, version) {
    const { weights } = readWeights(text, () => blankTable(grammar).weights);
    const distribution = tableDistribution({ grammar, weights });
    return { name: 'table', version, grammar, sampler: (random) => samplerOf(distribution, random) };
  },
  async train(grammar, text, groups, before, method) {
    const { weights, moments } = readWeights(text, () => blankTable(grammar).weights);
    const batch = prepare(groups, before, method);
    const slopes = new Float64Array(weights.length);
    let loss = 0;
    for (const { place, rollout, advantage } of batch.training) {
      const log = addSlopes({ grammar, weights }, { place, actions: rollout.actions }, advantage, slopes);
      loss -= advantage * log;
    }
    const after = adamStep(
      weights,
      slopes,
      method.resetMomentum ? withoutMomentum(moments) : moments,
      method.rate,
    );
    return {
      text: writeWeights(after),
      ...report(
        batch,
        loss,
        tableDistribution({ grammar, weights }),
        tableDistribution({ grammar, ...after }),
      ),
    };
  },
};
