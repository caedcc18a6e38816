import { random } from '../../search/random.ts';
import type { Grammar } from './grammar.ts';
import type { ActionDistribution } from './odds.ts';
import { priors, spread } from './prior.ts';
import { type DecisionState, maxDepth } from './walk.ts';

/** Width of one embedding and of the hidden layer. */
const embedding = 10;
const hidden = 64;

/** A row-major matrix within the weights, from an offset. */
export interface Matrix {
  readonly at: number;
  readonly rows: number;
  readonly columns: number;
}

/** Layout of a network's weights: five concatenated embeddings, a tanh layer, logits. */
export interface Layout {
  readonly embeddings: readonly Matrix[];
  readonly inner: Matrix;
  readonly innerBias: Matrix;
  readonly outer: Matrix;
  readonly outerBias: Matrix;
  readonly size: number;
}

/** The layout of a grammar's network; the last two outputs are mean and log deviation of a sampled constant. */
export function layoutOf({ productions }: Grammar): Layout {
  let at = 0;
  const matrix = (rows: number, columns: number): Matrix => {
    const result = { at, rows, columns };
    at += rows * columns;
    return result;
  };
  const count = productions.length + 1;
  const embeddings = [3 * count, count, count, count, maxDepth + 3].map((rows) => matrix(rows, embedding));
  const width = productions.length + 2;
  return {
    embeddings,
    inner: matrix(5 * embedding, hidden),
    innerBias: matrix(1, hidden),
    outer: matrix(hidden, width),
    outerBias: matrix(1, width),
    size: at,
  };
}

/** Features of a state, each as a row of its embedding. */
export function featuresOf({ above, slot, left, before, over, depth }: DecisionState): number[] {
  return [3 * (above + 1) + slot, left + 1, before + 1, over + 1, depth];
}

/** Initial weights, which give the prior: the last layer is 0, the others are random. */
export function blankNetwork(grammar: Grammar, seed: number): Float32Array {
  const { size, embeddings, inner } = layoutOf(grammar);
  const weights = new Float32Array(size);
  const draw = random(seed, 'network');
  const fill = ({ at, rows, columns }: Matrix, deviation: number): void => {
    for (let i = 0; i < rows * columns; i++) weights[at + i] = deviation * draw.normal();
  };
  for (const each of embeddings) fill(each, 0.5);
  fill(inner, 1 / Math.sqrt(inner.rows));
  return weights;
}

/** The action distribution of a network, in 64 bits on the CPU: one sample is too small for a device. */
export function networkDistribution(grammar: Grammar, weights: ArrayLike<number>): ActionDistribution {
  const layout = layoutOf(grammar);
  const width = layout.outerBias.columns;
  const unit = new Float64Array(hidden);
  const know = (state: DecisionState): Float64Array => {
    const rows = featuresOf(state);
    for (let h = 0; h < hidden; h++) unit[h] = weights[layout.innerBias.at + h]!;
    layout.embeddings.forEach(({ at }, f) => {
      for (let e = 0; e < embedding; e++) {
        const x = weights[at + rows[f]! * embedding + e]!;
        const row = layout.inner.at + (f * embedding + e) * hidden;
        for (let h = 0; h < hidden; h++) unit[h]! += x * weights[row + h]!;
      }
    });
    const out = Float64Array.from({ length: width }, (_, k) => weights[layout.outerBias.at + k]!);
    for (let h = 0; h < hidden; h++) {
      const x = Math.tanh(unit[h]!);
      for (let k = 0; k < width; k++) out[k]! += x * weights[layout.outer.at + h * width + k]!;
    }
    return out;
  };
  return {
    grammar,
    probabilities(state, allowed) {
      const logits = know(state);
      const result = priors(grammar, state, allowed);
      let total = 0;
      for (let k = 0; k < result.length; k++) {
        result[k]! *= Math.exp(logits[allowed[k]!]!);
        total += result[k]!;
      }
      for (let k = 0; k < result.length; k++) result[k]! /= total;
      return result;
    },
    gaussian(state, production) {
      const out = know(state);
      const log = Math.log(spread[grammar.productions[production]!.draws!]) + out[width - 1]!;
      return [out[width - 2]!, Math.exp(log)];
    },
  };
}
