import { brokenGoal, type Goals, type Measures } from './objectives.ts';

/** What the judge says of one output. Data, never an exception: throwing is the judge's own fault. */
export type Verdict = JudgedCase | { /** Why the output breaks the rules. */ readonly invalid: string };

/** What the judge says of an output that keeps the rules. */
interface JudgedCase {
  /** Higher is better, finite. Of a problem with several objectives, the one number that joins them. */
  readonly score: number;
  /** Further figures of this case by name, finite, the problem's objectives and constraints among them; averaged over the cases. */
  readonly measures?: Measures;
  /** One line that helps to improve the program. */
  readonly feedback?: string;
}

/** A verdict with the case it is about. */
export type CaseVerdict = { readonly case: string } & Verdict;

/** A program that ran on every case and kept the rules on each. */
export interface Scored {
  readonly status: 'scored';
  /** Mean of the cases' scores, full precision, finite, higher is better. */
  readonly score: number;
  /** Means of the cases' measures, the problem's objectives among them. */
  readonly measures: Measures;
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
interface Failed {
  readonly status: Failure;
  /** What went wrong, in words that help to repair the program; at most 2,000 characters. */
  readonly feedback: string;
}

/** What became of a program: data, never thrown. Holds no times, so that equal programs have equal outcomes. */
export type Outcome = Scored | Failed;

/**
 * The outcome of a program from its verdicts, in case order: the first broken rule decides, else the means. A figure
 * that is not finite breaks the rules, and so does a case that breaks the goals of its problem.
 */
export function outcomeOf(verdicts: readonly CaseVerdict[], goals: Goals = {}): Outcome {
  const lines: string[] = [];
  for (const verdict of verdicts) {
    const broken =
      'invalid' in verdict
        ? verdict.invalid
        : (unbounded(verdict) ?? brokenGoal(goals, verdict.measures ?? {}));
    if (broken !== undefined) return { status: 'invalid', feedback: clip(`case ${verdict.case}: ${broken}`) };
    if ('score' in verdict && verdict.feedback) lines.push(`case ${verdict.case}: ${verdict.feedback}`);
  }
  const scored = verdicts as readonly ({ readonly case: string } & JudgedCase)[];
  const names = new Set(scored.flatMap(({ measures = {} }) => Object.keys(measures)));
  const measures = Object.fromEntries(
    Array.from(names, (name) => [name, meanOf(scored.map((each) => each.measures?.[name] ?? 0))]),
  );
  const score = meanOf(scored.map((each) => each.score));
  return { status: 'scored', score, measures, verdicts, feedback: clip(lines.join('\n')) };
}

/** Which figure of a case is not finite, in words; undefined where all are. */
function unbounded({ score, measures = {} }: JudgedCase): string | undefined {
  if (!Number.isFinite(score)) return 'the score is not a finite number';
  const wrong = Object.keys(measures).find((name) => !Number.isFinite(measures[name]));
  return wrong === undefined ? undefined : `the measure \`${wrong}\` is not a finite number`;
}

/** The mean of finite numbers, at least one: finite itself, also where their sum is not. */
export function meanOf(values: readonly number[]): number {
  const sum = values.reduce((total, each) => total + each, 0);
  if (Number.isFinite(sum)) return sum / values.length;
  // Scaled by a power of two, which costs no digit, so that the sum is within range.
  const scale = 2 ** Math.ceil(Math.log2(values.length));
  return (values.reduce((total, each) => total + each / scale, 0) / values.length) * scale;
}

/** Feedback is kept short: it travels through the journal and into prompts. */
export function clip(text: string, most = 2000): string {
  return text.length <= most ? text : `${text.slice(0, most - 1)}…`;
}

/** How a trial ended. */
export type TrialVerdict =
  /** The operator made nothing that can be run. */
  | 'malformed'
  /** A program already met, but for layout, comments, names of locals and trifles. */
  | 'duplicate'
  /** It ran and failed. */
  | 'failed'
  /** Scored, no better than its best parent. */
  | 'scored'
  /** Better than its best parent. */
  | 'improved'
  /** Better than every program so far. */
  | 'best';
