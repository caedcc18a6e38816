import { climb, halt } from './adam.ts';
import { samplerOf } from './odds.ts';
import type { Pupil } from './policy-kind.ts';
import { addSlopes, blankTable, tableOdds } from './table.ts';
import { prepare, report } from './train.ts';
import { readWeights, writeWeights } from './weights.ts';

/** The tabular policy as a pupil: one step of Adam for each batch. */
export const tabular: Pupil = {
  name: 'table',
  policy(grammar, text, version) {
    const { weights } = readWeights(text, () => blankTable(grammar).weights);
    const odds = tableOdds({ grammar, weights });
    return { name: 'table', version, grammar, sampler: (random) => samplerOf(odds, random) };
  },
  async learn(grammar, text, groups, before, method) {
    const { weights, moments } = readWeights(text, () => blankTable(grammar).weights);
    const batch = prepare(groups, before, method);
    const slopes = new Float64Array(weights.length);
    let loss = 0;
    for (const { place, drawn, advantage } of batch.taught) {
      const log = addSlopes({ grammar, weights }, { place, actions: drawn.actions }, advantage, slopes);
      loss -= advantage * log;
    }
    const after = climb(weights, slopes, method.halted ? halt(moments) : moments, method.rate);
    return {
      text: writeWeights(after),
      ...report(batch, loss, tableOdds({ grammar, weights }), tableOdds({ grammar, ...after })),
    };
  },
};
