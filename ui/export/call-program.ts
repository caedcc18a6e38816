import { availableParallelism } from 'node:os';
import type { HarnessFunction, Problem } from '../../core/search/problem.ts';
import type { Source } from '../../core/search/program.ts';
import { openRunner } from '../../evaluators/javascript/pool.ts';
import type { Returned } from './dataset/predict.ts';
import { exporting } from './defaults.ts';

/** Calls the entry of programs with arguments, in the sandbox. */
export interface Caller extends AsyncDisposable {
  /** The result of each call; undefined for a program that does not complete them all. */
  call(source: Source): Promise<readonly Returned[] | undefined>;
}

/** A caller with these lists of arguments, plain JSON data. @throws SandboxError when no sandbox starts. */
export async function openCaller(
  { language, entry }: Pick<Problem, 'language' | 'entry'>,
  calls: readonly (readonly unknown[])[],
): Promise<Caller> {
  const inputs = calls.map((given, i) => ({ id: String(i), json: JSON.stringify(given) }));
  const { limits } = exporting;
  const runner = await openRunner(
    { language, entry, harness: `${harness}`, limits, batch: inputs.length, known: [inputs] },
    { workers: availableParallelism(), isolation: 'isolate' },
  );
  let runs = 0;
  return {
    async call(source) {
      const { outputs, end } = await runner.run(source, inputs, `call/${++runs}`);
      return end.status === 'done' ? outputs.map(returnedOf) : undefined;
    },
    [Symbol.asyncDispose]: () => runner[Symbol.asyncDispose](),
  };
}

/** Sent as text, so it may not refer to anything in this file. */
const harness: HarnessFunction = (entry, input) => {
  try {
    return { value: entry(...input) };
  } catch (error) {
    return { error: String((error as Error | undefined)?.name) };
  }
};

function returnedOf(output: any): Returned {
  if (typeof output?.error === 'string') return { error: output.error };
  return { value: JSON.stringify(output?.value ?? null) };
}
