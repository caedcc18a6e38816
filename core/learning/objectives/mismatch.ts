/** Ratios of the trainer's to the sampler's probability that are believed. */
export interface Band {
  readonly least: number;
  readonly most: number;
}

/** The band of IcePop, 0.5 to 5: recalled, not checked against the paper. */
const icepop: Band = { least: 0.5, most: 5 };

/**
 * Weights for tokens on whose probability the sampler and the trainer disagree, though the policy is the same (IcePop,
 * Ling Team 2025): k = exp(old - sampled) inside the band, else 0. They are the `weights` of any objective of tokens
 * whose ratio is that of the new to the `old` probability, both the trainer's: with the sampler's in its place, the ratio
 * would count k again. `masked` is the share of own tokens that were taken out: log it, for a fixed band may mask fewer
 * and fewer tokens while the gap grows.
 */
export function mismatch(
  old: readonly number[],
  sampled: readonly number[],
  mask: readonly boolean[],
  { least, most }: Band = icepop,
): { readonly weights: number[]; readonly masked: number } {
  let all = 0;
  let out = 0;
  const weights = old.map((each, t) => {
    const k = Math.exp(each - sampled[t]!);
    const kept = k >= least && k <= most;
    if (mask[t]) {
      all++;
      if (!kept) out++;
    }
    return kept ? k : 0;
  });
  return { weights, masked: all > 0 ? out / all : 0 };
}
