import { type AnswerFacts, answersOf } from '../facts/answers.ts';
import { madeIn, reasonsIn } from '../text/answers.ts';
import { type Content, type Markup, markup } from '../text/markup.ts';
import { count, duration } from '../text/words.ts';
import { chosenArms } from './arm-charts.ts';
import type { Draw } from './charts.ts';
import { figure, formatArm, formatDollars, formatModel, scoreParts, table } from './format.ts';
import type { ReportData } from './gather.ts';

const n = 'n' as const;

/** The arms over time, and how far the proposals of each came. */
export function arms(findings: ReportData, charts: ReadonlyMap<string, Draw>): Markup {
  const history = findings.history!;
  const { facts, failures } = history;
  const used = chosenArms(history);
  const idle = facts.arms.filter(({ pulls }) => pulls === 0).map(({ arm }) => formatArm(arm));
  const rows = used.map(({ arm, colour, pulls, gain, funnel }): Content[] => [
    markup`<svg class="chart swatch" viewBox="0 0 10 10" aria-hidden="true"><rect width="10" height="10" fill="${colour}"/></svg>${formatArm(arm)}`,
    count(pulls),
    ...(['parsed', 'novel', 'evaluated', 'valid', 'improved', 'best'] as const).map((stage) =>
      count(funnel[stage]),
    ),
    gain.toFixed(2),
  ]);
  const sum = (of: (arm: (typeof used)[number]) => number): string =>
    count(used.reduce((total, each) => total + of(each), 0));
  const whole: Content[] = [
    markup`<b>all</b>`,
    sum(({ pulls }) => pulls),
    ...(['parsed', 'novel', 'evaluated', 'valid', 'improved', 'best'] as const).map((stage) =>
      sum(({ funnel }) => funnel[stage]),
    ),
    used.reduce((total, { gain }) => total + gain, 0).toFixed(2),
  ];
  const columns = ['proposed', 'can run', 'new', 'evaluated', 'scored', 'improved', 'new best', 'gain'];
  const ways = [...failures]
    .toSorted(([, a], [, b]) => b - a)
    .map(([status, times]) => `${count(times)} ${status}`);
  return markup`<p>An arm is an operator and, if it asks one, a model. The bandit chooses arms by their gain per cost.</p>
${figure(charts.get('arms')!, 'Which arms were chosen, over the course of the search.')}
${figure(charts.get('endings')!, 'How the trials of each arm ended; behind each bar, how many there were.')}
${table([{ name: 'arm', kind: 'name' }, ...columns.map((name) => ({ name, kind: n }))], [...rows, whole])}
<small>Gain: the sum of what improvements earned, each at most 1.${ways.length > 0 && ` Programs that failed: ${ways.join(', ')}.`}${
    idle.length > 0 && ` Never chosen: ${idle.join(', ')}.`
  }</small>`;
}

/** The cost: evaluations by arm, and calls, tokens and dollars by model. */
export function cost(findings: ReportData, charts: ReadonlyMap<string, Draw>): Markup {
  const { facts } = findings.history!;
  const asked = facts.models.filter(({ calls }) => calls > 0);
  const models = charts.get('models');
  const rows = asked.map(({ model, calls, answers, faults, tokens, dollars, milliseconds }): Content[] => [
    formatModel(model),
    count(calls),
    count(answers),
    count(faults),
    count(tokens),
    formatDollars(dollars),
    answers > 0 ? duration(milliseconds / answers) : '',
  ]);
  const columns = ['calls', 'answers', 'failed', 'tokens', 'spent', 'a call took'].map((name) => ({
    name,
    kind: n,
  }));
  const perArm = facts.arms
    .filter(({ pulls }) => pulls > 0)
    .toSorted((a, b) => b.evaluations - a.evaluations)
    .map(({ arm, evaluations, dollars, seconds }): Content[] => [
      formatArm(arm),
      count(evaluations),
      formatDollars(dollars),
      duration(seconds * 1000),
    ]);
  return markup`${models && figure(models, 'Dollars by model.')}
${asked.length > 0 && table([{ name: 'model', kind: 'name' }, ...columns], rows)}
${answered(facts.answers)}
${figure(charts.get('evaluations')!, 'Evaluations by arm, runs of operators among them.')}
<details><summary>By arm</summary>${table(
    [
      { name: 'arm', kind: 'name' },
      { name: 'evaluations', kind: n },
      { name: 'spent', kind: n },
      { name: 'time of calls and evaluations', kind: n },
    ],
    perArm,
  )}</details>`;
}

/** The results of the models' answers, and why some yielded no scored program. */
function answered(facts: AnswerFacts): Markup | false {
  const known = answersOf(facts);
  if (known.total + known.reasons.length === 0) return false;
  const rows = reasonsIn(known, known.reasons.length).map((reason): Content[] => [reason]);
  return markup`<p>Answers: ${madeIn(known)}.</p>
${rows.length > 0 && table([{ name: 'answers and calls without a scored program', kind: 'name' }], rows)}`;
}

/** Islands shown in the table. */
const islandsShown = 40;

/** The islands' results, and the migrations between them. */
export function islands(findings: ReportData, charts: ReadonlyMap<string, Draw>): Markup {
  const { facts, islandHistory } = findings.history!;
  const rows = facts.islands
    .slice(0, islandsShown)
    .map(({ residents, admitted, arrivals }, i): Content[] => [
      i + 1,
      residents[0]?.id ?? 'empty',
      residents[0] ? scoreParts(findings, residents[0].score).number : '',
      count(residents.length),
      count(admitted),
      count(arrivals),
    ]);
  const columns = [
    { name: 'island' },
    { name: 'best', kind: 'id' as const },
    ...[scoreParts(findings, 1).unit, 'programs', 'children admitted', 'arrived'].map((name) => ({
      name,
      kind: n,
    })),
  ];
  const chart = charts.get('islands');
  const times = islandHistory.migrations.length;
  return markup`${chart && figure(chart, `Best of each island. Ticks above the axis: ${times === 0 ? 'none, as no program migrated' : `the ${count(times)} migrations`}.`)}
${table(columns, rows)}
${facts.islands.length > islandsShown && markup`<small>and ${count(facts.islands.length - islandsShown)} more</small>`}`;
}
