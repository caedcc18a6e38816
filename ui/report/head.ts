import { objectivesAmong } from '../../core/search/objectives.ts';
import type { Settings } from '../../core/search/settings.ts';
import { heldOutIn, standing } from '../text/compare.ts';
import { type Content, type Markup, markup } from '../text/markup.ts';
import { holdsOut } from '../text/numbers.ts';
import { count, duration, reasons } from '../text/words.ts';
import { formatDollars, formatGain, numberSaid, scoreParts, table } from './format.ts';
import type { ReportData } from './gather.ts';

/** The beginning of a report: the score, its cases, the known results, and the cost. */
export function head(findings: ReportData): Markup {
  const { manifest, history, amiss } = findings;
  return markup`<header>
<h1>${manifest.problem.name}</h1>
<p class="status">${statusOf(findings)}</p>
${history ? number(findings) : markup`<p>There is nothing to report yet: the seed programs were not scored.</p>`}
${amiss.map((sentence) => markup`<p class="amiss">${sentence}</p>`)}
${history && facts(findings)}
</header>`;
}

/** How the run stands, in a sentence. */
function statusOf({ manifest, held, history }: ReportData): string {
  const { status, sessions } = manifest;
  const day = sessions.at(-1)?.started.slice(0, 10) ?? '';
  const because = history?.facts.closed;
  const ended: Record<typeof status, string> = {
    running: held ? 'It is still running' : 'Cut off; it can be resumed',
    interrupted: 'Interrupted; it can be resumed',
    finished: because ? `Finished: ${reasons[because]}` : 'Finished',
    failed: 'Stopped by an error; it can be resumed',
  };
  return `${ended[status]}. ${day}`;
}

/** The score that is quoted: the test score where there is one. */
function number(findings: ReportData): Markup {
  const { history, manifest, problem } = findings;
  const { facts, best } = history!;
  const test = testOf(findings);
  const score = test ?? best.outcome.score;
  const { number: figure, unit } = scoreParts(findings, score);
  const held = problem && heldOutIn(problem);
  const before = test === undefined ? facts.baseline.score : baselineTest(findings);
  const from = before === undefined ? undefined : scoreParts(findings, before).number;
  const seed = best.id === facts.baseline.id;
  const where =
    test !== undefined && held
      ? `on ${held}${problem && holdsOut(problem) ? ' that the search never saw' : ''}`
      : 'on the search cases';
  return markup`<p class="score">${figure}</p>
<p>${unit}, ${where}${seed ? '. No program was better than the baseline.' : from !== undefined && markup`; baseline: ${from}`}</p>
${failedTest(findings) && markup`<p class="amiss">${failedTest(findings)}</p>`}
${test === undefined && held && !failedTest(findings) && markup`<p class="soft">Not run on the ${held}${manifest.status === 'running' && ' yet'}.</p>`}
${knownFigures(findings, test)}`;
}

/** Test score of the best program: from the run made for this report, else from run.json; undefined for none. */
function testOf({ tests, manifest, history }: ReportData): number | undefined {
  const { best } = manifest;
  const known = best && best.id === history!.best.id ? (best.test ?? undefined) : undefined;
  return tests?.best.status === 'scored' ? tests.best.score : known;
}

function baselineTest({ tests }: ReportData): number | undefined {
  return tests?.baseline.status === 'scored' ? tests.baseline.score : undefined;
}

function failedTest(findings: ReportData): string | undefined {
  const { tests, problem } = findings;
  if (!tests || tests.best.status === 'scored' || testOf(findings) !== undefined) return undefined;
  return `The best program fails on the ${heldOutIn(problem!)}: ${tests.best.status}, ${tests.best.feedback}`;
}

function knownFigures(findings: ReportData, test: number | undefined): Markup | undefined {
  const { problem } = findings;
  const { references = [] } = problem ?? {};
  if (!problem || references.length === 0) return undefined;
  const sorted = references.toSorted((a, b) => Number(b.on === 'held-out') - Number(a.on === 'held-out'));
  const rows = sorted.map(({ name, score, source, on }): Content[] => [
    test === undefined ? '' : standing(problem, test, score),
    name,
    scoreParts(findings, score).number,
    `${source}${on === 'held-out' ? '' : '; on other cases'}`,
  ]);
  return markup`<h3>Known results</h3>
${table([{ name: '' }, { name: 'by' }, { name: scoreParts(findings, 1).unit, kind: 'n' }, { name: 'from', kind: 'long' }], rows)}`;
}

/** The selected program, where it is not the best of the search. */
function chosenRow(findings: ReportData): [string, Content][] {
  const { facts, best } = findings.history!;
  if (best.id === facts.best.id) return [];
  const { number: figure } = scoreParts(findings, best.outcome.score);
  return [['selected', markup`${figure}<small>${best.id}, the best on the validation cases</small>`]];
}

/** The objectives of the returned program, beside those of the baseline; none for a problem with its score alone. */
function objectiveRows(findings: ReportData): [string, Content][] {
  const { facts, best, baseline } = findings.history!;
  const [now, before] = [best, baseline].map(({ outcome }) =>
    objectivesAmong(facts.problem, outcome.measures),
  );
  return Object.entries(facts.problem.objectives ?? {}).map(([name, direction]) => [
    `${name} (${direction})`,
    markup`${numberSaid(now![name]!)}<small>baseline: ${numberSaid(before![name]!)}</small>`,
  ]);
}

function facts(findings: ReportData): Markup {
  const { history, manifest } = findings;
  const { counts, settings, best, baseline } = history!.facts;
  const { calls, tokens, dollars, evaluations, settled } = counts;
  const milliseconds = Math.max(1000 * manifest.seconds, counts.milliseconds);
  const rows: [string, Content][] = [
    [
      'best search score',
      markup`${scoreParts(findings, best.score).number}<small>${best.id}${best.id !== baseline.id && `, ${formatGain(best.score - baseline.score)}`}</small>`,
    ],
    ...objectiveRows(findings),
    ...chosenRow(findings),
    ['evaluations', markup`${count(evaluations)}${limit(settings, 'evaluations', count)}`],
    ['trials', count(settled)],
    [
      'time',
      markup`${duration(milliseconds)}${limit(settings, 'minutes', (minutes) => duration(minutes * 60_000))}`,
    ],
  ];
  if (calls > 0) {
    rows.push(
      ['spent on models', markup`${formatDollars(dollars)}${limit(settings, 'dollars', formatDollars)}`],
      ['calls to models', markup`${count(calls)}${limit(settings, 'calls', count)}`],
      ['tokens', markup`${count(tokens)}${limit(settings, 'tokens', count)}`],
    );
  }
  return markup`<dl class="facts">${rows.map(([name, said]) => markup`<div><dt>${name}</dt><dd>${said}</dd></div>`)}</dl>`;
}

function limit(
  settings: Settings,
  budget: 'evaluations' | 'minutes' | 'dollars' | 'calls' | 'tokens',
  said: (amount: number) => string,
): Content {
  const amount = settings[budget];
  return amount !== null && markup`<small>of ${said(amount)}</small>`;
}
