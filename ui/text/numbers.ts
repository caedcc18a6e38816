/** Scores as figures of tables and charts: the number by itself, and once what it means. */
import { casesFor, type Problem } from '../../core/search/problem.ts';

const number = /-?\d[\d,]*(\.\d+)?(e[+-]?\d+)?/;

/** What the numbers of a problem mean, such as `% excess`. */
export function unitOf({ show }: Pick<Problem, 'show'>): string {
  if (!show) return 'score';
  const words = show(1).replace(number, '…');
  return words.replace(/^…\s*|\s*…$/, '');
}

/** A score as its number alone, in the problem's own way of counting. */
export function numberOf({ show }: Pick<Problem, 'show'>, score: number): string {
  if (!Number.isFinite(score)) return 'failed';
  return (show && number.exec(show(score))?.[0]) ?? rounded(score, 6);
}

/** That number as briefly as an axis wants it. */
export function tickOf(problem: Pick<Problem, 'show'>, score: number): string {
  const value = Number(numberOf(problem, score).replaceAll(',', ''));
  if (!Number.isFinite(value)) return numberOf(problem, score);
  const size = Math.abs(value);
  const logarithmic = /e/.test(numberOf(problem, score));
  return size > 0 && (size < 1e-3 || size >= 1e6)
    ? value.toExponential(1)
    : rounded(value, logarithmic ? 2 : 7);
}

/** A value to `digits` significant digits, without trailing zeros. */
export function rounded(value: number, digits: number): string {
  const text = value.toPrecision(digits);
  return /[.]/.test(text) && !/e/.test(text) ? text.replace(/\.?0+$/, '') : text;
}

/** Whether a problem has test cases that differ from its search cases; a construction has none. */
export function holdsOut(problem: Pick<Problem, 'cases'>): boolean {
  const seen = new Set(casesFor(problem, 'scored').map(({ input }) => JSON.stringify(input)));
  return casesFor(problem, 'held-out').some(({ input }) => !seen.has(JSON.stringify(input)));
}
