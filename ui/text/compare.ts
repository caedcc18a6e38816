import type { Problem, Reference } from '../../core/search/problem.ts';
import { count, scoreIn } from './words.ts';

/**
 * Known results of a problem, each with how `test`, a score on the test cases, compares:
 * first the results on the same test cases, then the published ones, which may be on others.
 * Scores that read alike are equal: references are rounded.
 */
export function compared(problem: Problem, test: number | null): [label: string, text: string][] {
  const { references = [] } = problem;
  const names = Math.max(...references.map(({ name }) => name.length));
  const scores = Math.max(...references.map(({ score }) => scoreIn(problem, score).length));
  const row = ({ name, score, source }: Reference): [string, string] => [
    test === null ? 'known' : standing(problem, test, score),
    `${name.padEnd(names)}  ${scoreIn(problem, score).padEnd(scores)}  ${source}`,
  ];
  const ours = references.filter(({ on }) => on === 'held-out');
  const theirs = references.filter(({ on }) => on !== 'held-out');
  const between: [string, string][] =
    ours.length > 0 && theirs.length > 0 ? [['Published', 'on other cases than ours, so a guide only:']] : [];
  return [...ours.map(row), ...between, ...theirs.map(row)];
}

/** How a score stands to a figure that is known, in two words. */
export function standing(problem: Pick<Problem, 'show'>, test: number, known: number): string {
  if (scoreIn(problem, test) === scoreIn(problem, known)) return 'equal to';
  return test > known ? 'better than' : 'worse than';
}

/** `60 test cases`; undefined without any. */
export function heldOutIn({ cases }: Problem): string | undefined {
  const held = cases.filter((each) => each.use === 'held-out').length;
  return held > 0 ? `${count(held)} test case${held > 1 ? 's' : ''}` : undefined;
}
