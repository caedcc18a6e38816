/** One rollout as an objective sees it: lists of one length, an element for each token. */
export interface Sequence {
  /** Natural log-probabilities under the policy that is trained: what the gradient is with respect to. */
  readonly logprobs: readonly number[];
  /** The same under the policy that sampled, computed as the trained one's are. */
  readonly old: readonly number[];
  /** How much better each token did than was to be expected. */
  readonly advantages: readonly number[];
  /** Which tokens are the policy's own: all others have no part in loss or gradient. */
  readonly mask: readonly boolean[];
  /** Factors of the tokens, all 1 if left out; constants for the gradient. */
  readonly weights?: readonly number[];
}

/** What there is to descend: the gradient has the shape of the log-probabilities, exactly 0 where masked. */
export interface Loss<Gradient = number[][]> {
  readonly loss: number;
  readonly gradient: Gradient;
}

/** What a token adds to a loss, and the slope of that with respect to its log-probability. */
export interface Term {
  readonly value: number;
  readonly slope: number;
}

/** How the terms of tokens become one number: the factor of each token of sequence `i`. */
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

/** Tokens that count. */
export function own({ mask }: Pick<Sequence, 'mask'>): number {
  return mask.reduce((count, each) => count + (each ? 1 : 0), 0);
}

/** Each sequence alike, and each token of it: 1 / (G |o_i|), G sequences of |o_i| tokens. */
export function perSequence(batch: readonly Pick<Sequence, 'mask'>[]): Scale {
  return (i) => 1 / (batch.length * Math.max(1, own(batch[i]!)));
}

/** Each token alike, whatever sequence it is of: 1 / sum_i |o_i|. */
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
