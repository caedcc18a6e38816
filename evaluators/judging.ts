import { expected } from '../core/errors.ts';
import type { Goals } from '../core/objectives.ts';
import { type CaseVerdict, clip, type Outcome, outcomeOf, type Verdict } from '../core/outcome.ts';
import type { Case, Problem } from '../core/problem.ts';
import { verdictIn } from '../core/verdict.ts';
import type { Ran } from './message.ts';

/**
 * The outcome of what came back from the sandbox: the first failing case decides.
 * @throws ConfigError when the judge throws or returns no verdict.
 */
export function judged(
  problem: Pick<Problem, 'name' | 'judge'> & Goals,
  cases: readonly Case[],
  ran: Ran,
): Outcome {
  const verdicts: CaseVerdict[] = [];
  for (const [at, output] of ran.outputs.entries()) {
    const each = cases[at]!;
    verdicts.push({ case: each.id, ...verdictOf(problem, each, output) });
    const outcome = outcomeOf(verdicts.slice(-1), problem);
    if (outcome.status !== 'scored') return outcome;
  }
  if (ran.failed) return { status: ran.failed.status, feedback: clip(ran.failed.text) };
  return outcomeOf(verdicts, problem);
}

/**
 * The picture of an output that was found valid.
 * @throws ConfigError when the problem has none to draw, throws over it, or returns no text.
 */
export function drawn(problem: Pick<Problem, 'name' | 'picture'>, each: Case, output: unknown): string {
  const what = `${problem.name} to draw a picture`;
  const picture = trusted(what, each, () => problem.picture?.(each.input, output));
  if (typeof picture !== 'string') throw expected(what, picture, `case ${each.id}`);
  return picture;
}

/**
 * The residuals of outputs that were found valid, all cases in a row.
 * @throws ConfigError when they are no finite numbers.
 */
export function residualsOf(
  problem: Pick<Problem, 'name' | 'residuals'>,
  cases: readonly Case[],
  outputs: readonly unknown[],
): number[] {
  const what = `${problem.name} to give residuals`;
  return cases.flatMap((each, i) => {
    const given = trusted(what, each, () => problem.residuals?.(each.input, outputs[i]));
    if (Array.isArray(given) && given.every(Number.isFinite)) return given as number[];
    throw expected(what, given, `case ${each.id}`);
  });
}

function verdictOf({ name, judge }: Pick<Problem, 'name' | 'judge'>, each: Case, output: unknown): Verdict {
  const what = `the judge of ${name} to return a verdict`;
  const verdict = trusted(what, each, () => judge(each.input, output));
  return verdictIn(verdict, what, `case ${each.id}`);
}

/** What the problem's own code returns; that it throws is the problem's fault, and no program's. */
function trusted(what: string, each: Case, work: () => unknown): unknown {
  try {
    return work();
  } catch (error) {
    const said = error instanceof Error ? `${error.name}: ${error.message}` : error;
    throw expected(what, said, `case ${each.id}`);
  }
}
