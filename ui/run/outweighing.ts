import type { Scored } from '../../core/search/outcome.ts';

/** A case that decides nearly alone how the scores of programs differ. */
export interface Outweighing {
  readonly case: string;
  /** Its part of the standard deviations of all cases, in [0, 1]. */
  readonly share: number;
}

/** From which share on a case is said to outweigh all others together. */
const most = 0.9;

/**
 * The case, if there is one, whose scores differ between these programs so much more than those of the others that the
 * mean over cases hardly tells of these. Undefined for a single case, and where no score differs.
 * @param programs - all scored on the same cases, in the same order
 */
export function outweighing(programs: readonly Pick<Scored, 'verdicts'>[]): Outweighing | undefined {
  const cases = programs[0]?.verdicts ?? [];
  if (cases.length < 2) return undefined;
  const spreads = cases.map((_, i) => deviation(programs.map(({ verdicts }) => scoreAt(verdicts, i))));
  const sum = spreads.reduce((total, each) => total + each, 0);
  const widest = Math.max(...spreads);
  const share = widest / sum;
  return share > most ? { case: cases[spreads.indexOf(widest)]!.case, share } : undefined;
}

function scoreAt(verdicts: Scored['verdicts'], place: number): number {
  const verdict = verdicts[place]!;
  return 'score' in verdict ? verdict.score : Number.NaN;
}

/** Standard deviation. */
function deviation(values: readonly number[]): number {
  const mean = values.reduce((sum, each) => sum + each / values.length, 0);
  return Math.hypot(...values.map((each) => each - mean)) / Math.sqrt(values.length);
}
