import type { CaseVerdict } from '../../outcome.ts';
import type { Elite } from '../../program.ts';
import type { Attempt } from '../../roles.ts';
import { fenced } from './fence.ts';

/** Cases that are listed one by one; of more, those with the lowest scores. */
const mostCases = 20;

/** A program with all that is known of how it does; scores in full, for the last digits are what a search is about. */
export function described({ source, outcome }: Elite): string {
  const measures = Object.entries(outcome.measures).map(([name, value]) => `${name}: ${value}`);
  const lines = [`Score: ${outcome.score}`, ...measures];
  return `${lines.join('\n')}\n\n${fenced(source)}`;
}

/** How a program does on the cases, and what the judge said; empty where there is nothing beyond the score. */
export function onCases({ outcome }: Elite): string {
  const { verdicts, feedback } = outcome;
  const lines: string[] = [];
  if (verdicts.length > 1) {
    const lowest = verdicts.toSorted((a, b) => scoreOf(a) - scoreOf(b)).slice(0, mostCases);
    const which =
      verdicts.length > mostCases ? `the ${mostCases} lowest of ${verdicts.length}` : 'lowest first';
    lines.push(`Score by case, ${which}:`, ...lowest.map((each) => `- ${each.case}: ${scoreOf(each)}`));
  }
  if (feedback) lines.push('What the judge said:', feedback);
  return lines.join('\n');
}

function scoreOf(verdict: CaseVerdict): number {
  return 'score' in verdict ? verdict.score : Number.NaN;
}

/** One line on what was tried and what came of it. */
export function attempted({ note, verdict, feedback, score, parent }: Attempt): string {
  const what = note || 'a change that was not described';
  if (score !== undefined) {
    const step = score - parent.outcome.score;
    const came = step > 0 ? 'better' : step < 0 ? 'worse' : 'no better';
    return `- ${what}: ${came}, ${score} after ${parent.outcome.score}`;
  }
  return `- ${what}: ${verdict}${feedback ? `, ${firstLine(feedback)}` : ''}`;
}

function firstLine(text: string): string {
  const [line] = text.trim().split('\n') as [string];
  return line.length > 200 ? `${line.slice(0, 199)}…` : line;
}
