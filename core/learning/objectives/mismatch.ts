/** The accepted range of the ratio of the trainer's to the sampler's probability. */
export interface Band {
  readonly least: number;
  readonly most: number;
}

/** The band of IcePop, 0.5 to 5: recalled, not checked against the paper. */
const icepop: Band = { least: 0.5, most: 5 };

/**
 * Weights against the mismatch of sampler and trainer under the same policy (IcePop, Ling Team 2025): k = exp(old -
 * sampled) inside the band, else 0. They are the `weights` of any per-token objective whose ratio is that of the new to the
 * `old` probability, both computed by the trainer; with the sampler's probability as `old` the ratio would count k twice.
 * `masked` is the share of the policy's tokens that are excluded: log it, since a fixed band may mask fewer tokens while
 * the mismatch grows.
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
