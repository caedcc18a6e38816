/** Milliseconds over which the rate is taken, and after which there is one. */
const [over, least] = [10_000, 1000] as const;

/** The recent rate of evaluations per second. */
export interface RateMeter {
  /** `at`: in milliseconds, by any clock that only goes forward. */
  sample(at: number, evaluations: number): void;
  /** Null while too little is known. */
  rate(): number | null;
}

/** A pace of which nothing is known yet. */
export function openRateMeter(): RateMeter {
  const samples: { readonly at: number; readonly evaluations: number }[] = [];
  return {
    sample(at, evaluations) {
      samples.push({ at, evaluations });
      while (samples.length > 2 && samples[0]!.at < at - over) samples.shift();
    },
    rate() {
      const [first, last] = [samples[0], samples.at(-1)];
      if (!first || !last || last.at - first.at < least) return null;
      return ((last.evaluations - first.evaluations) / (last.at - first.at)) * 1000;
    },
  };
}
