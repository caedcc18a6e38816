import { availableParallelism } from 'node:os';
import { exporting } from '../../core/config.ts';
import type { Returned } from '../../core/learning/dataset/predict.ts';
import type { HarnessFunction, Problem } from '../../core/problem.ts';
import type { Source } from '../../core/program.ts';
import { openPool } from '../../evaluators/pool.ts';

/** Calls the entry of programs with arguments, in the sandbox. */
export interface Caller extends AsyncDisposable {
  /** What each call came to; undefined for a program that does not get through them all. */
  call(source: Source): Promise<readonly Returned[] | undefined>;
}

/** A caller with these lists of arguments, plain JSON data. @throws SandboxError when no sandbox starts. */
export async function openCaller(
  { language, entry }: Pick<Problem, 'language' | 'entry'>,
  calls: readonly (readonly unknown[])[],
): Promise<Caller> {
  const problem: Problem = {
    name: 'calls',
    brief: 'Calls of an entry.',
    language,
    entry,
    seeds: [],
    cases: calls.map((input, i) => ({ id: String(i), input, use: 'scored' })),
    harness,
    judge: (_, output) => ({ score: 0, feedback: JSON.stringify(output) }),
    limits: exporting.limits,
  };
  const pool = await openPool(problem, { workers: availableParallelism(), isolation: 'isolate' });
  return {
    async call(source) {
      const outcome = await pool.evaluate(source, 'scored');
      if (outcome.status !== 'scored') return undefined;
      return outcome.verdicts.map((verdict) =>
        returnedOf(('feedback' in verdict && verdict.feedback) || 'null'),
      );
    },
    [Symbol.asyncDispose]: () => pool[Symbol.asyncDispose](),
  };
}

/** Sent as text: may use nothing of this file. */
const harness: HarnessFunction = (entry, input) => {
  try {
    return { value: entry(...input) };
  } catch (error) {
    return { error: String((error as Error | undefined)?.name) };
  }
};

function returnedOf(text: string): Returned {
  const output = JSON.parse(text) ?? {};
  if (typeof output.error === 'string') return { error: output.error };
  return { value: JSON.stringify(output.value ?? null) };
}
