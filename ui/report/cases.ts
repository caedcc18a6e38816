import type { CaseVerdict, Outcome } from '../../core/search/outcome.ts';
import { type Content, type Markup, markup } from '../text/markup.ts';
import { count } from '../text/words.ts';
import { formatGain, scoreParts, table } from './format.ts';
import type { ReportData } from './gather.ts';

/** Rows of a table of cases. */
const casesShown = 300;
/** Characters of a case's feedback. */
const feedbackLength = 300;

/** Case by case: the baseline, the best program, and its feedback. */
export function cases(findings: ReportData): Markup {
  const { history, tests } = findings;
  const { best, baseline } = history!;
  return markup`<h3>Search cases</h3>
${verdicts(findings, best.outcome, baseline.outcome)}
${tests && markup`<h3>Test cases</h3>${tests.best.status === 'scored' ? verdicts(findings, tests.best, tests.baseline) : markup`<p>${tests.best.status}: ${tests.best.feedback}</p>`}`}`;
}

function verdicts(findings: ReportData, outcome: Outcome, before: Outcome): Markup {
  const list = verdictsOf(outcome);
  const old = new Map(verdictsOf(before).map((verdict) => [verdict.case, verdict]));
  const rows = list.slice(0, casesShown).map((verdict): Content[] => {
    const [now, then] = [scoreIn(verdict), scoreIn(old.get(verdict.case))];
    const feedback = 'invalid' in verdict ? verdict.invalid : (verdict.feedback ?? '');
    return [
      verdict.case,
      then === undefined ? '' : scoreParts(findings, then).number,
      now === undefined ? '' : scoreParts(findings, now).number,
      now === undefined || then === undefined ? '' : formatGain(now - then),
      feedback.length > feedbackLength ? `${feedback.slice(0, feedbackLength)}…` : feedback,
    ];
  });
  const told = rows.some((row) => row[4] !== '');
  const columns = [
    { name: 'case', kind: 'name' as const },
    ...['baseline', 'best', 'gain'].map((name) => ({ name, kind: 'n' as const })),
    ...(told ? [{ name: 'feedback', kind: 'long' as const }] : []),
  ];
  const shown = table(columns, told ? rows : rows.map((row) => row.slice(0, 4)));
  const more = list.length > casesShown && markup`<small>and ${count(list.length - casesShown)} more</small>`;
  if (rows.length <= 12) return markup`${shown}${more}`;
  return markup`<details><summary>${count(list.length)} cases</summary>${shown}${more}</details>`;
}

function verdictsOf(outcome: Outcome): readonly CaseVerdict[] {
  return outcome.status === 'scored' ? outcome.verdicts : [];
}

function scoreIn(verdict: CaseVerdict | undefined): number | undefined {
  return verdict && 'score' in verdict ? verdict.score : undefined;
}
