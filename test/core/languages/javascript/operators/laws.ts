import assert from 'node:assert/strict';
import { comparison, summarize } from '../../../../../core/search/comparison.ts';
import { type Outcome, outcomeOf } from '../../../../../core/search/outcome.ts';
import { mainFile, type Source } from '../../../../../core/search/program.ts';
import { random } from '../../../../../core/search/random.ts';
import type { Operator, Proposal, Reply, Step } from '../../../../../core/search/roles.ts';
import { taskOf } from '../../../prompts/task.ts';
import { elite } from './parents.ts';

const draws = random('points');
const points = Array.from({ length: 80 }, () => [
  1 + 4 * draws.next(),
  1 + 4 * draws.next(),
  1 + draws.next(),
]);

export type Law = (x: number, y: number, z: number) => number;

/** What became of a program `f(x, y, z)` that is to be `law`; its score is -log10 of the mean square. */
export function measure(source: Source, law: Law): { outcome: Outcome; residuals?: number[] } {
  const f = new Function(`${mainFile(source).text.replace('export ', '')}; return f;`)() as Law;
  const residuals = points.map(([x, y, z]) => f(x!, y!, z!) - law(x!, y!, z!));
  const square = residuals.reduce((sum, each) => sum + each * each, 0) / residuals.length;
  if (!Number.isFinite(square)) return { outcome: { status: 'invalid', feedback: 'not finite' } };
  return { outcome: outcomeOf([{ case: 'all', score: Math.min(20, -Math.log10(square)) }]), residuals };
}

/** Performs the steps of a story, and counts the programs that were run. */
export function tell<T>(story: Generator<Step, T, Reply>, law: Law, most = 1e9): { result: T; runs: number } {
  let runs = 0;
  for (let turn = story.next(); ; ) {
    if (turn.done) return { result: turn.value, runs };
    const step = turn.value;
    assert.ok('run' in step || 'compare' in step);
    const sources = 'run' in step ? step.run : step.compare;
    runs += sources.length;
    const measured = sources.map((each, i) =>
      runs - sources.length + i < most
        ? measure(each, law)
        : { outcome: { status: 'refused', feedback: '' } as const },
    );
    turn = story.next(
      'run' in step ? measured.map(({ outcome }) => summarize(outcome)) : comparison(measured),
    );
  }
}

/** What an operator makes of a program, and how many programs it had run. */
export function tried(
  operator: Operator,
  law: Law,
  text: string,
  key: number,
  allowance: number,
): { result: Proposal; runs: number } {
  const parent = elite({ text, language: 'javascript', entry: 'f', inputs: [] });
  const { outcome } = measure(parent.source, law);
  assert.ok(outcome.status === 'scored');
  const task = taskOf({
    parents: [{ ...parent, outcome }],
    comparable: true,
    allowance,
    random: random(key),
  });
  return tell(operator.propose(task), law);
}

/** The best score of as many children as there are keys, or the first above 12. */
export function best(operator: Operator, law: Law, text: string, keys: number, allowance: number): number {
  let most = Number.NEGATIVE_INFINITY;
  for (let key = 0; key < keys && most <= 12; key++) {
    const { result } = tried(operator, law, text, key, allowance);
    if ('malformed' in result) continue;
    const { outcome } = measure(result.source, law);
    if (outcome.status === 'scored') most = Math.max(most, outcome.score);
  }
  return most;
}

/** A program of three numbers that knows nothing yet. */
export const constant = 'export function f(x, y, z) {\n  return 1;\n}\n';
