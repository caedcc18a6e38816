import type { Language } from '../search/language.ts';
import type { CaseVerdict, Scored } from '../search/outcome.ts';
import type { Briefing } from '../search/problem.ts';
import type { Elite } from '../search/program.ts';
import type { Attempt } from '../search/roles.ts';
import { fenced } from './fence.ts';

/** Most cases that are listed, those with the lowest scores. */
const mostCases = 20;

/** Characters of the judge's feedback in one prompt, on one case, and in one line on an attempt. */
const most = { all: 4000, case: 600, line: 200 } as const;

/** A program with its scores in full precision: a search works on the last digits. */
export function described({ source, outcome }: Elite, language: Language): string {
  const measures = Object.entries(outcome.measures)
    .filter(([, value]) => Math.abs(value) !== Math.abs(outcome.score))
    .map(([name, value]) => `${name}: ${value}`);
  const lines = [`Score: ${outcome.score}`, ...measures];
  return `${lines.join('\n')}\n\n${fenced(source, language)}`;
}

/**
 * A program's score on each case, and the judge's feedback on those that are shown: feedback on the others could reveal
 * their expected outputs. Empty where there is nothing beyond the score.
 */
export function onCases(
  { verdicts }: Pick<Scored, 'verdicts'>,
  { shown = [] }: Pick<Briefing, 'shown'>,
): string {
  const lowest = verdicts.toSorted((a, b) => scoreOf(a) - scoreOf(b)).slice(0, mostCases);
  const isShown = new Set(shown.map(({ id }) => id));
  let left = most.all;
  const said = (verdict: CaseVerdict): string => {
    const feedback = isShown.has(verdict.case) && 'feedback' in verdict ? verdict.feedback : undefined;
    const text = wholeLines(feedback ?? '', Math.min(left, most.case));
    left -= text.length;
    return text;
  };
  if (verdicts.length === 1) {
    const text = said(verdicts[0]!);
    return text && `Feedback of the judge:\n${text}`;
  }
  const which =
    verdicts.length > mostCases ? `the ${mostCases} lowest of ${verdicts.length}` : 'lowest first';
  const lines = lowest.map((verdict) => {
    const text = said(verdict);
    return `- ${verdict.case}: ${scoreOf(verdict)}${text && `\n  Feedback: ${text.replaceAll('\n', '\n  ')}`}`;
  });
  return [`Scores by case, ${which}:`, ...lines].join('\n');
}

function scoreOf(verdict: CaseVerdict): number {
  return 'score' in verdict ? verdict.score : Number.NaN;
}

/** The result of an unsuccessful attempt: why it was refused or failed, or its scores on the cases. */
export function whatCame({ feedback, outcome }: Attempt, problem: Pick<Briefing, 'shown'>): string {
  return outcome?.status === 'scored' ? onCases(outcome, problem) : wholeLines(feedback, most.all);
}

/** One line on a change and its result. */
export function attempted({ note, verdict, feedback, score, parent }: Attempt): string {
  const what = note || 'a change without a note';
  if (score !== undefined) {
    const step = score - parent.outcome.score;
    const came = step > 0 ? 'better' : step < 0 ? 'worse' : 'the same score';
    return `- ${what}: ${came} (${score}; its parent: ${parent.outcome.score})`;
  }
  const why = feedback && ` (${firstLine(feedback)})`;
  return `- ${what}: ${outcomes[verdict] ?? verdict}${why}`;
}

/** Verdicts on a child without a score, as a prompt calls them. */
const outcomes: Partial<Record<Attempt['verdict'], string>> = {
  malformed: 'could not be applied',
  duplicate: 'duplicate, not run',
  failed: 'failed',
};

function firstLine(text: string): string {
  const [line] = text.trim().split('\n') as [string];
  return line.length > most.line ? `${line.slice(0, most.line - 1)}…` : line;
}

/** A text cut to its first whole lines of up to `limit` characters together; a longer first line is cut itself. */
export function wholeLines(text: string, limit: number): string {
  const lines = text.trim().split('\n');
  // Feedback that was cut where it was recorded may end within a line.
  if (lines.length > 1 && lines.at(-1)!.endsWith('…')) lines.pop();
  const fitting: string[] = [];
  let left = limit;
  for (const line of lines) {
    left -= line.length + 1;
    if (left < -1) break;
    fitting.push(line);
  }
  if (fitting.length === lines.length) return lines.join('\n');
  if (fitting.length === 0) return limit > 1 ? `${lines[0]!.slice(0, limit - 1)}…` : '';
  return `${fitting.join('\n')}\n…`;
}
