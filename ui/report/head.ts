import { objectivesAmong } from '../../core/search/objectives.ts';
import type { Settings } from '../../core/search/settings.ts';
import { heldOutIn, standing } from '../text/compare.ts';
import { type Content, type Markup, markup } from '../text/markup.ts';
import { holdsOut } from '../text/numbers.ts';
import { count, duration, reasons } from '../text/words.ts';
import { formatDollars, formatGain, numberSaid, scoreParts, table } from './format.ts';
import type { ReportData } from './gather.ts';

/** The beginning of a report: the one number, what it is of, what it stands beside, and what it took. */
export function head(findings: ReportData): Markup {
  const { manifest, chronicle, amiss } = findings;
  return markup`<header>
<h1>${manifest.problem.name}</h1>
<p class="status">${statusOf(findings)}</p>
${chronicle ? number(findings) : markup`<p>There is nothing to report yet: the seed programs were not scored.</p>`}
${amiss.map((sentence) => markup`<p class="amiss">${sentence}</p>`)}
${chronicle && facts(findings)}
</header>`;
}

/** How the run stands, in a sentence. */
function statusOf({ manifest, held, chronicle }: ReportData): string {
  const { status, sessions } = manifest;
  const day = sessions.at(-1)?.started.slice(0, 10) ?? '';
  const because = chronicle?.facts.closed;
  const ended: Record<typeof status, string> = {
    running: held ? 'It is still running' : 'Cut off; it can go on',
    interrupted: 'Interrupted; it can go on',
    finished: because ? `Finished: ${reasons[because]}` : 'Finished',
    failed: 'Stopped by an error; it can go on',
  };
  return `${ended[status]}. ${day}`;
}

/** The figure that is quoted: that on the held-out cases where there is one. */
function number(findings: ReportData): Markup {
  const { chronicle, manifest, problem } = findings;
  const { facts, best } = chronicle!;
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
      : 'in the search';
  return markup`<p class="score">${figure}</p>
<p>${unit}, ${where}${seed ? '. No program was better than the seed.' : from !== undefined && markup`; the seed: ${from}`}</p>
${failedTest(findings) && markup`<p class="amiss">${failedTest(findings)}</p>`}
${test === undefined && held && !failedTest(findings) && markup`<p class="soft">Not tried on the ${held}${manifest.status === 'running' && ' yet'}.</p>`}
${knownFigures(findings, test)}`;
}

/** Score of the best program on the held-out cases: as it was run now, else as the run has it; undefined for none. */
function testOf({ tests, manifest, chronicle }: ReportData): number | undefined {
  const { best } = manifest;
  const known = best && best.id === chronicle!.best.id ? (best.test ?? undefined) : undefined;
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
    `${source}${on === 'held-out' ? '' : '; other cases than these'}`,
  ]);
  return markup`<h3>Beside what is known</h3>
${table([{ name: '' }, { name: 'by' }, { name: scoreParts(findings, 1).unit, kind: 'n' }, { name: 'from', kind: 'long' }], rows)}`;
}

/** What was handed out in place of the best in the search, where that is another program. */
function chosenRow(findings: ReportData): [string, Content][] {
  const { facts, best } = findings.chronicle!;
  if (best.id === facts.best.id) return [];
  const { number: figure } = scoreParts(findings, best.outcome.score);
  return [['handed out', markup`${figure}<small>${best.id}, the best on the validation cases</small>`]];
}

/** The objectives of the program that is handed out, beside those of the seed; none of a problem with its score alone. */
function objectiveRows(findings: ReportData): [string, Content][] {
  const { facts, best, baseline } = findings.chronicle!;
  const [now, before] = [best, baseline].map(({ outcome }) =>
    objectivesAmong(facts.problem, outcome.measures),
  );
  return Object.entries(facts.problem.objectives ?? {}).map(([name, direction]) => [
    `${name} (${direction})`,
    markup`${numberSaid(now![name]!)}<small>seed: ${numberSaid(before![name]!)}</small>`,
  ]);
}

function facts(findings: ReportData): Markup {
  const { chronicle, manifest } = findings;
  const { counts, settings, best, baseline } = chronicle!.facts;
  const { calls, tokens, dollars, evaluations, settled } = counts;
  const milliseconds = Math.max(1000 * manifest.seconds, counts.milliseconds);
  const rows: [string, Content][] = [
    [
      'best in the search',
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
