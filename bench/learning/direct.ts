/** Runs programs in this process without a sandbox, for pilots, where the sandbox would take most of the time. Never for untrusted programs. */
import { outcomeOf, type Verdict } from '../../core/search/outcome.ts';
import { casesFor, type Problem, type Use } from '../../core/search/problem.ts';
import { mainFile, type Source } from '../../core/search/program.ts';
import type { Evaluator, Measured } from '../../core/search/roles.ts';

export function direct(problem: Problem): Evaluator {
  const load = (source: Source): unknown => {
    const text = mainFile(source).text.replace(/^export (?=function|const|let)/gm, '');
    return new Function(`'use strict';${text}\nreturn ${problem.entry};`)();
  };
  const measure = (source: Source, use: Use): Measured => {
    try {
      const entry = load(source);
      const cases = casesFor(problem, use);
      const harness = problem.harness as (
        entry: unknown,
        input: unknown,
        freshLoad: () => unknown,
      ) => unknown;
      const outputs = cases.map(({ input }) =>
        JSON.parse(JSON.stringify(harness(entry, input, () => entry))),
      );
      const verdicts = cases.map((each, i) => ({
        case: each.id,
        ...(problem.judge(each.input, outputs[i]) as Verdict),
      }));
      const outcome = outcomeOf(verdicts);
      if (outcome.status !== 'scored' || !problem.residuals) return { outcome };
      const residuals = cases.flatMap((each, i) => problem.residuals!(each.input, outputs[i]));
      return { outcome, residuals };
    } catch (error) {
      return { outcome: { status: 'crashed', feedback: String(error).slice(0, 200) } };
    }
  };
  return {
    evaluate: async (source, use) => measure(source, use),
    measure: async (source, use) => measure(source, use),
    [Symbol.asyncDispose]: async () => {},
  };
}
