import type { Problem } from '../core/problem.ts';
import { madeIn, reasonsIn } from './answers.ts';
import { climbed, type Page } from './climbed.ts';
import { compared, heldOutIn } from './compare.ts';
import type { Point } from './facts/facts.ts';
import type { Summary } from './summary.ts';
import { count, duration, reasons, scoreIn } from './words.ts';

/** Rows of a curve where nothing scrolls, and the fewest that say something. */
const [tall, flat] = [12, 7] as const;
/** Rows beside the curve and the words: its axis, what it is of, and gaps. */
const beside = 6;

/**
 * The last lines of a log: how the search came to its best program, and what that is worth beside what is known.
 * `main`: the path of that program's main file in `best/`.
 */
export function ending(
  problem: Problem,
  summary: Summary,
  main: string,
  heights: readonly Pick<Point, 'evaluations' | 'score'>[],
  page: Page,
): string[] {
  const words = conclusion(problem, summary, main, heights.at(-1)?.score);
  const height = Math.max(flat, Math.min(tall, (page.rows ?? Infinity) - words.length - beside));
  return ['', ...climbed(problem, summary, heights, { ...page, height }), '', ...words];
}

function conclusion(problem: Problem, summary: Summary, main: string, reached?: number): string[] {
  const { best, baseline, run, because } = summary;
  const of = (score: number | null): string => (score === null ? 'failed' : scoreIn(problem, score));
  const rows: [label: string, text: string][] = [
    ['In the search', `${of(best.score)} by ${best.id} (seed: ${of(baseline.score)})`],
  ];
  if (reached !== undefined && reached > best.score) {
    rows.push(['Chosen', `by its validation cases; the best in the search had ${of(reached)}`]);
  }
  if (heldOutIn(problem)) {
    const tried = `${of(best.test)} over ${heldOutIn(problem)} (seed: ${of(baseline.test)})`;
    rows.push([
      'On the test',
      because === 'interrupted' ? 'not tried, as the search was interrupted' : tried,
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
    const budget =
      because === 'interrupted' ? '' : ' with a larger budget, as --evaluations N or --minutes N';
    rows.push(['The program', `${run}/best/${main}`]);
    rows.push(['To go on', `atoll resume ${run}${budget}`]);
  }
  const width = Math.max(...rows.map(([label]) => label.length));
  const used = `after ${count(summary.evaluations)} evaluations in ${duration(summary.seconds * 1000)}`;
  return [
    `Ended: ${reasons[because]}, ${used}.`,
    ...rows.map(([label, text]) => `${label.padEnd(width)}  ${text}`),
  ];
}
