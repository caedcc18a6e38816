import { climb, halt } from '../policy/adam.ts';
import { blankNetwork, networkOdds } from '../policy/network.ts';
import { samplerOf } from '../policy/odds.ts';
import type { Pupil } from '../policy/policy-kind.ts';
import { prepare, report } from '../policy/train.ts';
import { tapeOf } from '../policy/trajectories.ts';
import { readWeights, writeWeights } from '../policy/weights.ts';
import { loadBackend } from './load.ts';
import { slopesOn } from './network.ts';

let backend: ReturnType<typeof loadBackend> | undefined;

/** The network as a pupil: it draws in plain code, and learns on the fastest back end there is. */
export const networked: Pupil = {
  name: 'network',
  policy(grammar, text, version, seed) {
    const { weights } = readWeights(text, () => blankNetwork(grammar, seed));
    const odds = networkOdds(grammar, weights);
    return { name: 'network', version, grammar, sampler: (random) => samplerOf(odds, random) };
  },
  async learn(grammar, text, groups, before, method) {
    backend ??= loadBackend();
    const { tensors } = await backend;
    const { weights, moments } = readWeights(text, () => blankNetwork(grammar, method.seed));
    const batch = prepare(groups, before, method);
    const paths = batch.taught.map(({ place, drawn, advantage }) => ({
      place,
      actions: drawn.actions,
      factor: advantage,
    }));
    const { loss, slopes } = await slopesOn(tensors, grammar, weights, tapeOf(grammar, paths));
    const uphill = Float64Array.from(slopes, (each) => -each);
    const after = climb(weights, uphill, method.halted ? halt(moments) : moments, method.rate);
    return {
      text: writeWeights(after),
      ...report(batch, loss, networkOdds(grammar, weights), networkOdds(grammar, after.weights)),
    };
  },
};
