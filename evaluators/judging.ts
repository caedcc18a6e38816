import { expected } from '../core/errors.ts';
import { type CaseVerdict, clip, type Outcome, outcomeOf, type Verdict } from '../core/outcome.ts';
import type { Case, Problem } from '../core/problem.ts';
import type { Ran } from './message.ts';

/**
 * The outcome of what came back from the sandbox: the first failing case decides.
 * @throws ConfigError when the judge throws or returns no verdict.
 */
export function judged(problem: Pick<Problem, 'name' | 'judge'>, cases: readonly Case[], ran: Ran): Outcome {
  const verdicts: CaseVerdict[] = [];
  for (const [at, output] of ran.outputs.entries()) {
    const each = cases[at]!;
    verdicts.push({ case: each.id, ...verdictOf(problem, each, output) });
    const outcome = outcomeOf(verdicts.slice(-1));
    if (outcome.status !== 'scored') return outcome;
  }
  if (ran.failed) return { status: ran.failed.status, feedback: clip(ran.failed.text) };
  return outcomeOf(verdicts);
}

function verdictOf({ name, judge }: Pick<Problem, 'name' | 'judge'>, each: Case, output: unknown): Verdict {
  const what = `the judge of ${name} to return a verdict`;
  let verdict: unknown;
  try {
    verdict = judge(each.input, output);
  } catch (error) {
    throw expected(
      what,
      error instanceof Error ? `${error.name}: ${error.message}` : error,
      `case ${each.id}`,
    );
  }
  if (!isVerdict(verdict)) throw expected(what, verdict, `case ${each.id}`);
  return verdict;
}

function isVerdict(value: any): value is Verdict {
  return typeof value?.score === 'number' || typeof value?.invalid === 'string';
}
