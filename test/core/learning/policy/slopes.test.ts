import assert from 'node:assert/strict';
import { test } from 'node:test';
import { backendNames, tryBackend } from '../../../../core/learning/backends/load.ts';
import { slopesOn } from '../../../../core/learning/backends/network.ts';
import { blankNetwork, networkDistribution } from '../../../../core/learning/policy/network.ts';
import { logProbabilityOf } from '../../../../core/learning/policy/odds.ts';
import { addSlopes, blankTable, tableDistribution } from '../../../../core/learning/policy/table.ts';
import { trajectoryBatch } from '../../../../core/learning/policy/trajectories.ts';
import { random } from '../../../../core/search/random.ts';
import { drawn, grammar, open, prior } from './draws.ts';

/** Some paths that the prior drew, numbers among them, each with a factor of either sign. */
const paths = (() => {
  const draw = random('paths');
  return Array.from({ length: 12 }, () => ({
    place: open,
    actions: drawn(prior, open, draw).actions,
    factor: draw.normal(),
  }));
})();

test('the slopes of the table are those of central differences', () => {
  const draw = random('table');
  const weights = blankTable(grammar).weights.map(() => 0.3 * draw.normal());
  const slopes = new Float64Array(weights.length);
  for (const path of paths) addSlopes({ grammar, weights }, path, path.factor, slopes);
  const value = (moved: ArrayLike<number>): number => {
    const distribution = tableDistribution({ grammar, weights: moved as Float32Array });
    return paths.reduce((sum, path) => sum + path.factor * logProbabilityOf(distribution, path), 0);
  };
  agree(slopes, weights, value, 1e-6);
});

test('the slopes of the network are those of central differences, on every back end there is, and all agree', async () => {
  const draw = random('network');
  const weights = blankNetwork(grammar, 1).map((each) => each + 0.05 * draw.normal());
  const loss = (moved: ArrayLike<number>): number => {
    const distribution = networkDistribution(grammar, moved);
    return -paths.reduce((sum, path) => sum + path.factor * logProbabilityOf(distribution, path), 0);
  };
  const tape = trajectoryBatch(grammar, paths);
  let first: Float32Array | undefined;
  const worked: string[] = [];
  for (const name of backendNames) {
    const tried = await tryBackend(name);
    if ('why' in tried) continue;
    worked.push(name);
    const found = await slopesOn(tried.tensors, grammar, weights, tape);
    const size = Math.abs(loss(weights));
    assert.ok(Math.abs(found.loss - loss(weights)) < 1e-4 * size, `${name}: ${found.loss}, ${loss(weights)}`);
    agree(found.slopes, weights, loss, 1e-4);
    first ??= found.slopes;
    assert.ok(
      found.slopes.every((each, i) => Math.abs(each - first![i]!) < 1e-4),
      name,
    );
    // Nothing is left behind, on the side of the engine or of the back end.
    const before = [tried.tensors.memory().numTensors, dataOf(tried.tensors)];
    for (let i = 0; i < 3; i++) await slopesOn(tried.tensors, grammar, weights, tape);
    assert.deepEqual([tried.tensors.memory().numTensors, dataOf(tried.tensors)], before, name);
  }
  assert.deepEqual(worked.slice(-2), ['wasm', 'cpu']);
});

function dataOf(tensors: { backend(): object }): number {
  return (tensors.backend() as { numDataIds(): number }).numDataIds();
}

/** Holds slopes against central differences in 64 bits, at weights drawn among those that matter and the others. */
function agree(
  slopes: ArrayLike<number>,
  weights: Float32Array,
  value: (moved: ArrayLike<number>) => number,
  most: number,
): void {
  const draw = random('which');
  const all = Array.from(weights, (_, i) => i);
  const live = all.filter((i) => slopes[i] !== 0);
  assert.ok(live.length > 100, `${live.length} slopes`);
  const scale = Math.max(...live.map((i) => Math.abs(slopes[i]!)));
  const wide = Float64Array.from(weights);
  for (let k = 0; k < 60; k++) {
    const i = draw.pick(k % 4 === 0 ? all : live);
    const h = 1e-5;
    const at = (x: number): number => {
      wide[i] = weights[i]! + x;
      return value(wide);
    };
    const difference = (at(h) - at(-h)) / (2 * h);
    wide[i] = weights[i]!;
    const off = Math.abs(difference - slopes[i]!) / scale;
    assert.ok(off < most, `weight ${i}: ${slopes[i]} against ${difference}`);
  }
}
