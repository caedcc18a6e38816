/** Trust in programs and in cases, each in the given order; the mean is 1. */
export interface Trust {
  readonly programs: number[];
  readonly cases: number[];
}

/**
 * Mutual scores of programs and cases (CodeDPO, Zhang 2024): a program that passes trusted cases is trusted, and so is a case
 * that trusted programs pass. From 1 each, s(p) = (1 - d) s(p) + d sum of s(c) over the cases that p passes, and the same
 * for cases, both from the values of the previous round. `passes[p][c]` says whether program p passes case c. Finally each
 * list is divided by its mean. The values d = 0.85 and 10 rounds are recalled, not checked.
 */
export function mutual(passes: readonly (readonly boolean[])[], d = 0.85, rounds = 10): Trust {
  let programs = passes.map(() => 1);
  let cases = (passes[0] ?? []).map(() => 1);
  for (let round = 0; round < rounds; round++) {
    const grown = programs.map(
      (own, p) => (1 - d) * own + d * cases.reduce((sum, each, c) => (passes[p]![c] ? sum + each : sum), 0),
    );
    cases = cases.map(
      (own, c) =>
        (1 - d) * own + d * programs.reduce((sum, each, p) => (passes[p]![c] ? sum + each : sum), 0),
    );
    programs = grown;
  }
  return { programs: scaled(programs), cases: scaled(cases) };
}

function scaled(values: readonly number[]): number[] {
  const mean = values.reduce((sum, each) => sum + each, 0) / values.length;
  return values.map((each) => each / mean);
}

/** A program's trust and speed. */
export interface Judged {
  readonly trust: number;
  /** Median time of a run. */
  readonly milliseconds: number;
}

/** Two indices of a list: the preferred element and the other. */
export type Pair = readonly [chosen: number, rejected: number];

/**
 * Pairs for `dpo`: by trust, of programs whose trust differs by more than `margin`, and by speed, of programs with at least
 * median trust whose times differ by a factor above `ratio`. Each pair occurs once, in one of the two lists.
 */
export function mutualPairs(
  programs: readonly Judged[],
  margin: number,
  ratio: number,
): { readonly correctness: Pair[]; readonly speed: Pair[] } {
  const sorted = programs.map(({ trust }) => trust).toSorted((a, b) => a - b);
  const credible = sorted[Math.floor(sorted.length / 2)] ?? 0;
  const correctness: Pair[] = [];
  const speed: Pair[] = [];
  programs.forEach((a, i) => {
    programs.forEach((b, j) => {
      if (a.trust - b.trust > margin) correctness.push([i, j]);
      else if (
        Math.abs(a.trust - b.trust) <= margin &&
        Math.min(a.trust, b.trust) >= credible &&
        b.milliseconds > ratio * a.milliseconds
      )
        speed.push([i, j]);
    });
  });
  return { correctness, speed };
}
