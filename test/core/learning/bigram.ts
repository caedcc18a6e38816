import type { Random } from '../../../core/search/random.ts';

/** A policy of one table: the logits of the next token by the token before, `size` standing for the start. */
export interface Bigram {
  readonly size: number;
  /** (size + 1) rows of `size` logits. */
  readonly logits: Float64Array;
}

/** All tokens alike, or logits drawn with that deviation. */
export function bigram(size: number, random?: Random, deviation = 0): Bigram {
  const logits = new Float64Array((size + 1) * size);
  return { size, logits: random ? logits.map(() => deviation * random.normal()) : logits };
}

/** Probabilities of the token after `before`. */
export function oddsAfter({ size, logits }: Bigram, before: number): number[] {
  const powers: number[] = [];
  let sum = 0;
  for (let k = 0; k < size; k++) {
    powers.push(Math.exp(logits[before * size + k]!));
    sum += powers[k]!;
  }
  for (let k = 0; k < size; k++) powers[k]! /= sum;
  return powers;
}

/** Log-probability of each token. */
export function logprobsOf(policy: Bigram, tokens: readonly number[]): number[] {
  return tokens.map((token, t) => Math.log(oddsAfter(policy, tokens[t - 1] ?? policy.size)[token]!));
}

/** Entropy in nats at each token. */
export function entropiesOf(policy: Bigram, tokens: readonly number[]): number[] {
  return tokens.map((_, t) =>
    oddsAfter(policy, tokens[t - 1] ?? policy.size).reduce((sum, p) => sum - p * Math.log(p), 0),
  );
}

/** Adds to `gradient` what slopes by log-probability (and by entropy) come to by logit. */
export function chain(
  policy: Bigram,
  tokens: readonly number[],
  slopes: readonly number[],
  gradient: Float64Array,
  entropySlopes?: readonly number[],
): void {
  tokens.forEach((token, t) => {
    const before = tokens[t - 1] ?? policy.size;
    const odds = oddsAfter(policy, before);
    odds.forEach((p, k) => {
      gradient[before * policy.size + k]! += slopes[t]! * ((k === token ? 1 : 0) - p);
    });
    if (!entropySlopes) return;
    const entropy = odds.reduce((sum, p) => sum - p * Math.log(p), 0);
    odds.forEach((p, k) => {
      gradient[before * policy.size + k]! -= entropySlopes[t]! * p * (Math.log(p) + entropy);
    });
  });
}

/** A sample of that many tokens, after those that are there. */
export function sample(
  policy: Bigram,
  length: number,
  random: Random,
  begun: readonly number[] = [],
): number[] {
  const tokens = [...begun];
  while (tokens.length < length)
    tokens.push(random.weighted(oddsAfter(policy, tokens.at(-1) ?? policy.size)));
  return tokens;
}
