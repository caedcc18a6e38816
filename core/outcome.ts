/** What the judge says of one output. Data, never an exception: throwing is the judge's own fault. */
export type Verdict =
  | {
      /** Higher is better, finite. */
      readonly score: number;
      /** Further figures of this case by name, finite; averaged over the cases for display. */
      readonly measures?: Readonly<Record<string, number>>;
      /** One line that helps whoever improves the program. */
      readonly feedback?: string;
    }
  | { /** Why the output breaks the rules. */ readonly invalid: string };

/** A verdict with the case it is about. */
export type CaseVerdict = { readonly case: string } & Verdict;

/** A program that ran on every case and kept the rules on each. */
export interface Scored {
  readonly status: 'scored';
  /** Mean of the cases' scores, full precision, higher is better. */
  readonly score: number;
  /** Means of the cases' measures. */
  readonly measures: Readonly<Record<string, number>>;
  readonly verdicts: readonly CaseVerdict[];
  readonly feedback: string;
}

/** How a program can fail. */
export type Failure =
  /** An output broke the rules. */
  | 'invalid'
  /** It threw, or took its process down. */
  | 'crashed'
  /** It passed its wall or CPU limit. */
  | 'timeout'
  /** It passed its memory limit. */
  | 'memory'
  /** Its output passed the output limit. */
  | 'output'
  /** It was not run: it does not parse, has no entry, imports, or no budget was left. */
  | 'refused';

/** A program that earned no score. */
export interface Failed {
  readonly status: Failure;
  /** What went wrong, in words for whoever mends the program; at most 2,000 characters. */
  readonly feedback: string;
}

/** What became of a program: data, never thrown. Holds no times, so that equal programs have equal outcomes. */
export type Outcome = Scored | Failed;

/** The outcome of a program from its verdicts, in case order: the first broken rule decides, else the mean. */
export function outcomeOf(verdicts: readonly CaseVerdict[]): Outcome {
  let sum = 0;
  const sums: Record<string, number> = {};
  const lines: string[] = [];
  for (const verdict of verdicts) {
    if ('invalid' in verdict) {
      return { status: 'invalid', feedback: clip(`case ${verdict.case}: ${verdict.invalid}`) };
    }
    if (!Number.isFinite(verdict.score)) {
      return { status: 'invalid', feedback: `case ${verdict.case}: the score is not a finite number` };
    }
    sum += verdict.score;
    for (const [name, value] of Object.entries(verdict.measures ?? {}))
      sums[name] = (sums[name] ?? 0) + value;
    if (verdict.feedback) lines.push(`case ${verdict.case}: ${verdict.feedback}`);
  }
  const count = verdicts.length;
  const measures = Object.fromEntries(Object.entries(sums).map(([name, total]) => [name, total / count]));
  return { status: 'scored', score: sum / count, measures, verdicts, feedback: clip(lines.join('\n')) };
}

/** Feedback is kept short: it travels through the journal and into prompts. */
export function clip(text: string, most = 2000): string {
  return text.length <= most ? text : `${text.slice(0, most - 1)}…`;
}
