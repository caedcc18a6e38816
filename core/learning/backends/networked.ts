import { adamStep, withoutMomentum } from '../policy/adam.ts';
import { blankNetwork, networkDistribution } from '../policy/network.ts';
import { samplerOf } from '../policy/odds.ts';
import type { PolicyKind } from '../policy/policy-kind.ts';
import { prepare, report } from '../policy/train.ts';
import { trajectoryBatch } from '../policy/trajectories.ts';
import { readWeights, writeWeights } from '../policy/weights.ts';
import { loadBackend } from './load.ts';
import { slopesOn } from './network.ts';

let backend: ReturnType<typeof loadBackend> | undefined;

/** The network policy: it samples on the CPU and is trained on the fastest working back end. */
export const networked: PolicyKind = {
  name: 'network',
  policy(grammar, text, version, seed) {
    const { weights } = readWeights(text, () => blankNetwork(grammar, seed));
    const distribution = networkDistribution(grammar, weights);
    return { name: 'network', version, grammar, sampler: (random) => samplerOf(distribution, random) };
  },
  async train(grammar, text, groups, before, method) {
    backend ??= loadBackend();
    const { tensors } = await backend;
    const { weights, moments } = readWeights(text, () => blankNetwork(grammar, method.seed));
    const batch = prepare(groups, before, method);
    const paths = batch.training.map(({ place, rollout, advantage }) => ({
      place,
      actions: rollout.actions,
      factor: advantage,
    }));
    const { loss, slopes } = await slopesOn(tensors, grammar, weights, trajectoryBatch(grammar, paths));
    const uphill = Float64Array.from(slopes, (each) => -each);
    const after = adamStep(
      weights,
      uphill,
      method.resetMomentum ? withoutMomentum(moments) : moments,
      method.rate,
    );
    return {
      text: writeWeights(after),
      ...report(
        batch,
        loss,
        networkDistribution(grammar, weights),
        networkDistribution(grammar, after.weights),
      ),
    };
  },
};
