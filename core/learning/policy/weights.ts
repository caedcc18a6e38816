import { decodeVector, encodeVector } from '../../search/vector.ts';
import type { Moments } from './adam.ts';

/** Weights with the optimiser's state. */
export interface Weights {
  readonly weights: Float32Array;
  readonly moments: Moments;
}

/** Weights from the text of `writeWeights`, or a policy's initial weights where there is none. */
export function readWeights(text: string | undefined, blank: () => Float32Array): Weights {
  if (text === undefined) {
    const weights = blank();
    const none = () => new Float32Array(weights.length);
    return { weights, moments: { first: none(), second: none(), steps: 0 } };
  }
  const { weights, first, second, steps } = JSON.parse(text);
  return {
    weights: decodeVector(weights),
    moments: { first: decodeVector(first), second: decodeVector(second), steps },
  };
}

/** Weights as text, bit for bit. */
export function writeWeights({ weights, moments: { first, second, steps } }: Weights): string {
  return JSON.stringify({
    weights: encodeVector(weights),
    first: encodeVector(first),
    second: encodeVector(second),
    steps,
  });
}
