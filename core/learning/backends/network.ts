import type { Tensor, Tensor1D, Tensor2D } from '@tensorflow/tfjs-core';
import type { Grammar } from '../policy/grammar.ts';
import { layoutOf, type Matrix } from '../policy/network.ts';
import type { TrajectoryBatch } from '../policy/trajectories.ts';
import type { Tensors } from './tensors.ts';

/** A loss and its gradient with respect to the weights. */
export interface Slopes {
  readonly loss: number;
  readonly slopes: Float32Array;
}

/** The negative weighted sum of a batch's log-probabilities under a network, with its gradient, on any back end. */
export async function slopesOn(
  tensors: Tensors,
  grammar: Grammar,
  weights: Float32Array,
  tape: TrajectoryBatch,
): Promise<Slopes> {
  const [loss, slopes] = tensors.tidy(() => {
    const { value, grad } = tensors.valueAndGrad((flat: Tensor) =>
      lossOf(tensors, grammar, flat as Tensor1D, tape),
    )(tensors.tensor1d(weights));
    return [value, grad];
  });
  const result = { loss: (await loss!.data())[0]!, slopes: (await slopes!.data()) as Float32Array };
  tensors.dispose([loss!, slopes!]);
  return result;
}

function lossOf(tf: Tensors, grammar: Grammar, flat: Tensor1D, tape: TrajectoryBatch): Tensor {
  const layout = layoutOf(grammar);
  const count = grammar.productions.length;
  const part = ({ at, rows, columns }: Matrix): Tensor2D =>
    tf.reshape(tf.slice(flat, [at], [rows * columns]), [rows, columns]);
  const known = layout.embeddings.map((each, f) =>
    tf.gather(part(each), tf.tensor1d(tape.features[f]!, 'int32')),
  );
  const inside = tf.tanh(tf.add(tf.matMul(tf.concat(known, 1), part(layout.inner)), part(layout.innerBias)));
  const out = tf.add(tf.matMul(inside as Tensor2D, part(layout.outer)), part(layout.outerBias));
  const logits = tf.add(
    tf.slice(out, [0, 0], [tape.rows, count]),
    tf.tensor2d(tape.priors, [tape.rows, count]),
  );
  // Written out, since the gradient of the built-in function is slow on some back ends.
  const top = tf.max(logits, 1, true);
  const total = tf.add(tf.log(tf.sum(tf.exp(tf.sub(logits, top)), 1, true)), top);
  const picked = tf.oneHot(tf.tensor1d(tape.chosen, 'int32'), count);
  const choice = tf.sum(tf.mul(tf.cast(picked, 'float32'), tf.sub(logits, total)), 1);
  const column = (k: number): Tensor =>
    tf.reshape(tf.slice(out, [0, count + k], [tape.rows, 1]), [tape.rows]);
  const log = tf.add(column(1), tf.tensor1d(tape.spreads));
  const z = tf.mul(tf.sub(tf.tensor1d(tape.amounts), column(0)), tf.exp(tf.neg(log)));
  const density = tf.sub(tf.mul(tf.square(z), -0.5), tf.add(log, 0.5 * Math.log(2 * Math.PI)));
  const both = tf.add(choice, tf.mul(density, tf.tensor1d(tape.hasAmount)));
  return tf.neg(tf.sum(tf.mul(both, tf.tensor1d(tape.factors))));
}
