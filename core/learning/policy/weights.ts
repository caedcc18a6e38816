import { decodeVector, encodeVector } from '../../search/vector.ts';
import type { Moments } from './adam.ts';

/** Weights, with all that the next step needs. */
export interface Weights {
  readonly weights: Float32Array;
  readonly moments: Moments;
}

/** Weights from the text that `writeWeights` made, or those a policy begins with. */
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

/** Weights as text, to the last bit. */
export function writeWeights({ weights, moments: { first, second, steps } }: Weights): string {
  return JSON.stringify({
    weights: encodeVector(weights),
    first: encodeVector(first),
    second: encodeVector(second),
    steps,
  });
}
