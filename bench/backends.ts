/**
 * What a training of the network costs on each back end: milliseconds of one step, and the share of the back end's own rate
 * of matrix products that it comes to. The table's step in plain code stands beside it.
 *
 *   node bench/backends.ts [--rollouts 40] [--steps 20] [--size 256] [--only webgpu,wasm]
 *
 * `--size` is that of the matrices by which a back end's rate is measured: a graphics processor needs large ones.
 */
import { parseArgs } from 'node:util';
import { grammarFor } from '../core/languages/javascript/policy/grammar-for.ts';
import { backendNames, tryBackend } from '../core/learning/backends/load.ts';
import { slopesOn } from '../core/learning/backends/network.ts';
import { matrixRate } from '../core/learning/backends/rate.ts';
import { blankNetwork, layoutOf } from '../core/learning/policy/network.ts';
import { addSlopes, blankTable } from '../core/learning/policy/table.ts';
import { tabular } from '../core/learning/policy/tabular.ts';
import { trajectoryBatch } from '../core/learning/policy/trajectories.ts';
import { grow } from '../core/learning/policy/walk.ts';
import { random } from '../core/search/random.ts';
import { findProblem } from '../ui/run/find-problem.ts';
import { median } from './statistics.ts';

const { values } = parseArgs({
  options: {
    rollouts: { type: 'string', default: '40' },
    steps: { type: 'string', default: '20' },
    size: { type: 'string', default: '256' },
    only: { type: 'string', default: backendNames.join(',') },
  },
});
const [rollouts, steps, size] = [values.rollouts, values.steps, values.size].map(Number) as [
  number,
  number,
  number,
];
const only = values.only.split(',');
const { problem } = await findProblem('tsp-construct-50');
const grammar = grammarFor(problem);
const place = {
  kind: 'number',
  above: -1,
  slot: 0,
  left: -1,
  closed: [],
  old: false,
  numeral: false,
} as const;
const draw = random('backends');
const policy = tabular.policy(grammar, undefined, 0, 1);
const paths = Array.from({ length: rollouts }, () => {
  const sampler = policy.sampler(draw);
  grow(grammar, place, sampler);
  return { place, actions: sampler.actions, factor: draw.normal() };
});
const tape = trajectoryBatch(grammar, paths);
const weights = blankNetwork(grammar, 1);
const { inner, outer } = layoutOf(grammar);
// Forwards, and twice as much backwards.
const work = 3 * 2 * tape.rows * (inner.rows * inner.columns + outer.rows * outer.columns);
console.log(
  `${rollouts} rollouts, ${tape.rows} steps of ${grammar.productions.length} productions, ${weights.length} weights`,
);

for (const name of backendNames.filter((each) => only.includes(each))) {
  const tried = await tryBackend(name);
  if ('why' in tried) {
    console.log(`${name.padEnd(14)} not here: ${tried.why}`);
    continue;
  }
  const { tensors } = tried;
  const rate = await matrixRate(tensors, size);
  const times = await timed(() => slopesOn(tensors, grammar, weights, tape));
  const share = work / times / 1e6 / rate;
  console.log(
    `${name.padEnd(14)} ${times.toFixed(2)} ms a step, ${rate.toPrecision(3)} GFLOP/s of products of ${size} x ${size}, of which a step comes to ${(100 * share).toPrecision(2)} %`,
  );
}

const table = blankTable(grammar);
const plain = await timed(async () => {
  const slopes = new Float64Array(table.weights.length);
  for (const path of paths) addSlopes(table, path, path.factor, slopes);
});
console.log(`${'the table'.padEnd(14)} ${plain.toFixed(2)} ms a step, in plain code`);
process.exit();

/** Milliseconds of some work, the median of a few times once it is warm. */
async function timed(act: () => Promise<unknown>): Promise<number> {
  for (let i = 0; i < 3; i++) await act();
  const times: number[] = [];
  for (let i = 0; i < steps; i++) {
    const start = performance.now();
    await act();
    times.push(performance.now() - start);
  }
  return median(times);
}
