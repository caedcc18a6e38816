import { join } from 'node:path';
import type { Problem } from '../../core/search/problem.ts';
import type { Facts, Point } from '../facts/facts.ts';
import type { Summary } from '../run/summary.ts';
import { madeIn, reasonsIn } from './answers.ts';
import { compared, heldOutIn } from './compare.ts';
import { command } from './shell.ts';
import { type Page, textCurve } from './text-curve.ts';
import { count, duration, reasons, scoreIn } from './words.ts';

/** Rows of a curve where nothing scrolls, and the fewest that say something. */
const [tall, flat] = [12, 7] as const;
/** Rows beside the curve and the words: its axis, what it is of, and gaps. */
const beside = 6;

/** The facts that the ending shows. */
export interface Known extends Pick<Facts, 'settings'> {
  readonly counts: Pick<Facts['counts'], 'settled'>;
  readonly curve: readonly Pick<Point, 'evaluations' | 'score'>[];
}

/**
 * The last lines of a log: the curve of the search, and its best program beside the known results.
 * `main`: the path of that program's main file in `best/`.
 */
export function summaryText(
  problem: Problem,
  summary: Summary,
  main: string,
  facts: Known,
  page: Page,
): string[] {
  const words = conclusion(problem, summary, main, facts);
  const height = Math.max(flat, Math.min(tall, (page.rows ?? Infinity) - words.length - beside));
  return ['', ...textCurve(problem, summary, facts.curve, { ...page, height }), '', ...words];
}

function conclusion(problem: Problem, summary: Summary, main: string, facts: Known): string[] {
  const reached = facts.curve.at(-1)?.score;
  const { best, baseline, run, because } = summary;
  const of = (score: number | null): string => (score === null ? 'failed' : scoreIn(problem, score));
  const rows: [label: string, text: string][] = [
    ['Search score', `${of(best.score)} by ${best.id} (baseline: ${of(baseline.score)})`],
  ];
  if (reached !== undefined && reached > best.score) {
    rows.push(['Selected', `by validation score; the best search score was ${of(reached)}`]);
  }
  if (heldOutIn(problem)) {
    const tried = `${of(best.test)} over ${heldOutIn(problem)} (baseline: ${of(baseline.test)})`;
    rows.push([
      'Test score',
      because === 'interrupted' ? 'not computed, as the search was interrupted' : tried,
    ]);
  }
  rows.push(...compared(problem, best.test));
  if (summary.calls > 0) {
    rows.push([
      'Models',
      `${count(summary.calls)} calls, ${count(summary.tokens)} tokens, $${summary.dollars.toFixed(4)}`,
    ]);
  }
  const { answers } = summary;
  if (answers && answers.total + answers.reasons.length > 0) {
    rows.push(['Answers', madeIn(answers)]);
    rows.push(...reasonsIn(answers, 5).map((reason): [string, string] => ['', reason]));
  }
  if (run) {
    rows.push(['Program', join(run, 'best', main)]);
    rows.push(['To continue', toContinue(problem, run, because, facts)]);
  }
  const width = Math.max(...rows.map(([label]) => label.length));
  const used = `after ${count(summary.evaluations)} evaluations in ${duration(summary.seconds * 1000)}`;
  return [
    `Ended: ${reasons[because]}, ${used}.`,
    ...rows.map(([label, text]) => `${label.padEnd(width)}  ${text}`),
  ];
}

/** The command that continues a run, with the one option that its ending needs. */
function toContinue(
  problem: Pick<Problem, 'target'>,
  run: string,
  because: Summary['because'],
  { settings, counts }: Known,
): string {
  if (because === 'interrupted') return command('resume', run);
  // Fewer trials than that can not have used the patience up.
  if (because === 'exhausted' && counts.settled < settings.patience) {
    return 'start a new run with other seeds or operators: no operator of this one can act';
  }
  const name = because === 'exhausted' ? 'patience' : because;
  const limit = name === 'target' ? (settings.target ?? problem.target) : settings[name];
  return `${command('resume', run, `--${name}`)} N, with N above ${limit}`;
}
