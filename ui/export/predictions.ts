import { isDeepStrictEqual } from 'node:util';
import { random } from '../../core/search/random.ts';
import { samplesOf } from '../../evaluators/javascript/samples.ts';
import { type Caller, openCaller } from './call-program.ts';
import type { Plan } from './dataset/plan.ts';
import { type Prediction, questions, type Returned } from './dataset/predict.ts';
import type { Gathered } from './gather.ts';
import type { ExportedRun } from './runs.ts';

/** Questions about programs, and what they hold: a caller for each problem, open until disposed of. */
export interface ProgramCaller extends AsyncDisposable {
  /** The questions about the program of a plan; none where it shows nothing that can be asked, or differs when run twice. */
  ask(plan: Plan): Promise<readonly Prediction[]>;
}

/** Asks with the arguments that a seed was called with on the shown cases; of a problem that shows none, nothing. */
export async function openProgramCaller(
  runs: readonly ExportedRun[],
  { rendered, collected }: Gathered,
): Promise<ProgramCaller> {
  await using stack = new AsyncDisposableStack();
  const desks = new Map<
    string,
    { readonly calls: readonly (readonly unknown[])[]; readonly caller: Caller }
  >();
  for (const { problem, origin } of runs) {
    if (desks.has(origin.hash)) continue;
    const calls = await samplesOf(problem);
    if (calls.length > 0)
      desks.set(origin.hash, { calls, caller: stack.use(await openCaller(problem, calls)) });
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
      const desk = desks.get(origin.hash);
      if (!desk) return drop('nothing shown', 'its problem shows no case with arguments');
      const { calls, caller } = desk;
      const twice: (readonly Returned[] | undefined)[] = [
        await caller.call(source!),
        await caller.call(source!),
      ];
      if (!twice[0] || !isDeepStrictEqual(twice[0], twice[1]))
        return drop('unsteady', 'does not end in time, or not twice the same way');
      const rows = questions(
        origin.problem,
        summary!.id,
        source!,
        calls,
        twice[0],
        random('predict', summary!.id),
      );
      return rows.length > 0 ? rows : drop('unanswerable', 'returns nothing, or too much to be asked for');
    },
    [Symbol.asyncDispose]: () => held.disposeAsync(),
  };
}
