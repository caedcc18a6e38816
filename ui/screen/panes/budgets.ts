import { answersOf } from '../../facts/answers.ts';
import { madeIn, reasonsIn } from '../../text/answers.ts';
import { count, duration } from '../../text/words.ts';
import { type BudgetUse, budgetUse } from '../budget-use.ts';
import { brief, money, percent, score, seconds } from '../figures.ts';
import { bar, safe } from '../glyphs.ts';
import type { FrameInput, Pane } from '../scene.ts';
import { table } from '../table.ts';
import { left, type Row, right, span } from '../text.ts';

/** The limit, use and time left of each budget; then the cost of each model. */
export const budgetsPane: Pane = (scene, { columns, rows }) => {
  const all = budgetUse(scene.facts, scene.standing);
  const asked = scene.facts.models.length > 0;
  const shown = all.filter(
    ({ budget, limit }) => limit !== null || asked || budget === 'evaluations' || budget === 'minutes',
  );
  const lines = shown.map((each) => line(each, scene, columns));
  const target = scene.facts.settings.target ?? scene.known.target;
  if (target !== undefined) {
    const [now, aim] = [score(scene, scene.facts.best.score), score(scene, target)];
    lines.push([left('target', 12), span(`${aim}, best so far ${now}`)]);
  }
  return [...lines, ...(asked ? [[], ...models(scene, columns), ...answers(scene)] : [])].slice(0, rows);
};

function line(
  { budget, used, limit, share, left: rest }: BudgetUse,
  { glyphs }: FrameInput,
  columns: number,
): Row {
  const said = (n: number): string =>
    budget === 'dollars' ? money(n) : budget === 'minutes' ? duration(n * 60_000) : count(n);
  const head = [left(budget, 12), right(said(used), 11)];
  if (limit === null) return [...head, span('  no limit', 'quiet')];
  const tone = share >= 0.9 ? 'warning' : 'curve';
  const long = Math.max(4, Math.min(20, columns - 65));
  return [
    ...head,
    span(' of '),
    left(said(limit), 11),
    span(bar(share, long, glyphs), tone),
    right(percent(share), 5),
    span(rest ? `  about ${duration(rest)} left` : '', 'quiet'),
  ];
}

const titles = [
  { title: 'model', width: 16, grows: true },
  { title: 'calls', width: 6, side: 'right' },
  { title: 'faults', width: 6, side: 'right', drop: 3 },
  { title: 'tokens', width: 6, side: 'right', drop: 2 },
  { title: 'cost', width: 9, side: 'right' },
  { title: 'a call', width: 7, side: 'right', drop: 1 },
] as const;

/** The results of answers, and the most frequent reasons for failure. */
function answers({ facts, glyphs }: FrameInput): Row[] {
  const known = answersOf(facts.answers);
  if (known.total + known.reasons.length === 0) return [];
  const reasons = reasonsIn(known, 6).map((text): Row => [span(`  ${safe(text, glyphs)}`, 'quiet')]);
  return [[], [span(madeIn(known))], ...reasons];
}

function models({ facts, glyphs }: FrameInput, columns: number): Row[] {
  const lines = facts.models.map(({ model, calls, answers, faults, tokens, dollars, milliseconds }) => [
    { text: safe(model, glyphs) },
    { text: brief(calls) },
    { text: brief(faults), tone: faults > 0 ? ('warning' as const) : ('quiet' as const) },
    { text: brief(tokens) },
    { text: money(dollars) },
    { text: answers + faults > 0 ? seconds(milliseconds / (answers + faults) / 1000) : '' },
  ]);
  return table(titles, lines, columns);
}
