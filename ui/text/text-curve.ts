import { casesFor, type Problem } from '../../core/search/problem.ts';
import type { Point } from '../facts/facts.ts';
import type { Summary } from '../run/summary.ts';
import { heldOutIn } from './compare.ts';
import { curve, type Mark } from './curve.ts';
import { count, scoreIn, split } from './words.ts';

/** What text is written on. */
export interface Page {
  readonly columns: number;
  /** Left out where nothing scrolls away. */
  readonly rows?: number | undefined;
  readonly unicode: boolean;
}

/** Columns beyond which a curve gains nothing. */
const widest = 100;
/** Digits of a score that has no words of its own. */
const digits = 6;

/**
 * The curve of a search with lines for known results, and a sentence on which cases each is of: results on the
 * test cases if there are any, else published ones.
 */
export function textCurve(
  problem: Problem,
  { best, evaluations }: Pick<Summary, 'best' | 'evaluations'>,
  heights: readonly Pick<Point, 'evaluations' | 'score'>[],
  { columns, height, unicode }: Page & { readonly height: number },
): string[] {
  const { references = [] } = problem;
  const ours = references.filter(({ on }) => on === 'held-out');
  const lines = ours.length > 0 ? ours : references;
  const marks: Mark[] = lines.map(({ score, name }) => ({ value: score, label: name, line: true }));
  marks.push({ value: best.score, label: 'best, search', line: false });
  if (best.test !== null) marks.push({ value: best.test, label: 'best, test', line: lines === ours });
  const { numbers, unit } = split(
    marks.map(({ value }) => scoreIn(problem, problem.show ? value : Number(value.toPrecision(digits)))),
  );
  const named = marks.map((mark, i) => ({ ...mark, label: `${numbers[i]} ${mark.label}` }));
  const searched = casesFor(problem, 'scored').length;
  const said = [
    `Up is better${unit && `: ${unit}`}.`,
    `Curve: ${count(searched)} search case${searched > 1 ? 's' : ''}.`,
    ...(ours.length > 0 ? [`Lines: ${heldOutIn(problem)}.`] : []),
    ...(lines.length > ours.length ? ['Lines: published results.'] : []),
  ];
  return [
    ...curve(heights, named, evaluations, { width: Math.min(columns - 1, widest), height, unicode }),
    ...filled(said, columns),
  ];
}

/** Sentences in as few lines as they fit in, each whole. */
function filled(sentences: readonly string[], columns: number): string[] {
  const lines: string[] = [];
  for (const sentence of sentences) {
    const longer = lines.length > 0 ? `${lines.at(-1)} ${sentence}` : sentence;
    if (lines.length > 0 && longer.length <= columns) lines[lines.length - 1] = longer;
    else lines.push(sentence);
  }
  return lines;
}
