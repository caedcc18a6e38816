/** One rollout as an objective sees it: lists of equal length, with an element for each token. */
export interface Sequence {
  /** Natural log-probabilities under the trained policy; the gradient is with respect to these. */
  readonly logprobs: readonly number[];
  /** The same under the sampling policy, computed by the trainer. */
  readonly old: readonly number[];
  /** Advantage of each token: its return above the expected one. */
  readonly advantages: readonly number[];
  /** Which tokens the policy wrote; all others are excluded from loss and gradient. */
  readonly mask: readonly boolean[];
  /** Factors of the tokens, constant for the gradient; all 1 by default. */
  readonly weights?: readonly number[];
}

/** A loss to descend; its gradient has the shape of the log-probabilities and is exactly 0 where masked. */
export interface Loss<Gradient = number[][]> {
  readonly loss: number;
  readonly gradient: Gradient;
}

/** The contribution of a token to a loss, and its derivative with respect to the token's log-probability. */
export interface Term {
  readonly value: number;
  readonly slope: number;
}

/** The normalisation of a loss: the factor of each token of sequence `i`. */
export type Scale = (i: number) => number;

/** The loss sum_i scale(i) sum_t weight_it term_it over tokens that are not masked. */
export function sumOf<S extends Pick<Sequence, 'logprobs' | 'mask' | 'weights'>>(
  batch: readonly S[],
  scale: Scale,
  term: (sequence: S, t: number) => Term,
): Loss {
  let loss = 0;
  const gradient = batch.map((sequence, i) => {
    const factor = scale(i);
    return sequence.logprobs.map((_, t) => {
      if (!sequence.mask[t]) return 0;
      const { value, slope } = term(sequence, t);
      const weight = factor * (sequence.weights?.[t] ?? 1);
      loss += weight * value;
      return weight * slope;
    });
  });
  return { loss, gradient };
}

/** Number of the policy's own tokens. */
export function own({ mask }: Pick<Sequence, 'mask'>): number {
  return mask.reduce((count, each) => count + (each ? 1 : 0), 0);
}

/** Equal weight for each sequence, shared by its tokens: 1 / (G |o_i|), for G sequences of |o_i| tokens. */
export function perSequence(batch: readonly Pick<Sequence, 'mask'>[]): Scale {
  return (i) => 1 / (batch.length * Math.max(1, own(batch[i]!)));
}

/** Equal weight for each token of the batch: 1 / sum_i |o_i|. */
export function perToken(batch: readonly Pick<Sequence, 'mask'>[]): Scale {
  const scale =
    1 /
    Math.max(
      1,
      batch.reduce((sum, each) => sum + own(each), 0),
    );
  return () => scale;
}

/** a + `factor` b, for losses of the same batch. */
export function plus(a: Loss, b: Loss, factor = 1): Loss {
  return {
    loss: a.loss + factor * b.loss,
    gradient: a.gradient.map((row, i) => row.map((each, t) => each + factor * b.gradient[i]![t]!)),
  };
}
