import type { Outcome } from './outcome.ts';
import type { Comparison, Measured, RunOutcome } from './roles.ts';

/** As much of an outcome as an operator receives. */
export function summarize(outcome: Outcome): RunOutcome {
  if (outcome.status !== 'scored') return outcome;
  const cases = outcome.verdicts.map((verdict) => ('score' in verdict ? verdict.score : Number.NaN));
  return { status: 'scored', score: outcome.score, cases };
}

/** What programs that were run side by side come to. Differences are taken before products, so that small ones count. */
export function comparison(measured: readonly Measured[]): Comparison {
  const first = measured[0]?.residuals;
  const rows = measured.map(({ residuals }, i) => {
    if (i === 0) return first;
    return first && residuals?.length === first.length
      ? residuals.map((each, k) => each - first[k]!)
      : undefined;
  });
  const product = (a: readonly number[] | undefined, b: readonly number[] | undefined): number => {
    if (!a || !b) return 0;
    let sum = 0;
    for (let k = 0; k < a.length; k++) sum += a[k]! * b[k]!;
    return Number.isFinite(sum) ? sum : 0;
  };
  return {
    outcomes: measured.map(({ outcome }) => summarize(outcome)),
    products: rows.map((a) => rows.map((b) => product(a, b))),
  };
}
