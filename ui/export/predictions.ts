import { isDeepStrictEqual } from 'node:util';
import { random } from '../../core/search/random.ts';
import { samplesOf } from '../../evaluators/javascript/samples.ts';
import { type Caller, openCaller } from './call-program.ts';
import type { Plan } from './dataset/plan.ts';
import { type Prediction, questions, type Returned } from './dataset/predict.ts';
import type { Gathered } from './gather.ts';
import type { ExportedRun } from './runs.ts';

/** Makes questions about programs; holds a caller for each problem until it is disposed. */
export interface ProgramCaller extends AsyncDisposable {
  /** The questions about a plan's program; none for a program without usable results, or with different ones in two runs. */
  ask(plan: Plan): Promise<readonly Prediction[]>;
}

/** Uses the arguments of a seed's calls on the shown cases; a problem without shown cases gets no questions. */
export async function openProgramCaller(
  runs: readonly ExportedRun[],
  { rendered, collected }: Gathered,
): Promise<ProgramCaller> {
  await using stack = new AsyncDisposableStack();
  const samples = new Map<
    string,
    { readonly calls: readonly (readonly unknown[])[]; readonly caller: Caller }
  >();
  for (const { problem, origin } of runs) {
    if (samples.has(origin.hash)) continue;
    const calls = await samplesOf(problem);
    if (calls.length > 0)
      samples.set(origin.hash, { calls, caller: stack.use(await openCaller(problem, calls)) });
  }
  const held = stack.move();
  const drop = (filter: string, takes: string): readonly [] => {
    collected.into.count(filter, 'examples', takes, 1);
    return [];
  };
  return {
    async ask({ summaries: [summary] }) {
      const { record } = rendered.get(summary!.id)!;
      const { origin, source } = record;
      const sample = samples.get(origin.hash);
      if (!sample) return drop('nothing shown', 'its problem shows no case with arguments');
      const { calls, caller } = sample;
      const twice: (readonly Returned[] | undefined)[] = [
        await caller.call(source!),
        await caller.call(source!),
      ];
      if (!twice[0] || !isDeepStrictEqual(twice[0], twice[1]))
        return drop('unsteady', 'does not end in time, or has different results in two runs');
      const rows = questions(
        origin.problem,
        summary!.id,
        source!,
        calls,
        twice[0],
        random('predict', summary!.id),
      );
      return rows.length > 0 ? rows : drop('unanswerable', 'returns nothing, or a value that is too long');
    },
    [Symbol.asyncDispose]: () => held.disposeAsync(),
  };
}
