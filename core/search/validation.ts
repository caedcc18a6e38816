import type { Components } from './components.ts';
import type { Validated } from './event.ts';
import { casesFor } from './problem.ts';
import type { ProgramId, Source } from './program.ts';
import type { State } from './state.ts';
import { evaluate } from './steps.ts';

/** The score of the finalist on the validation cases, if there is one. @throws SandboxError; `signal.reason` when aborted. */
export async function validate(
  { finalist }: State,
  world: Components,
  signal: AbortSignal,
): Promise<Validated | undefined> {
  if (!finalist) return undefined;
  const { id: program, source } = finalist;
  const score = (await validationOf(program, source, world, signal)) ?? null;
  return { type: 'validated', program, score };
}

/** Score on the validation cases, null where it fails on one; undefined where there are none. */
export async function validationOf(
  id: ProgramId,
  source: Source,
  world: Pick<Components, 'problem' | 'evaluator' | 'sleep'>,
  signal: AbortSignal,
): Promise<number | null | undefined> {
  if (casesFor(world.problem, 'validation').length === 0) return undefined;
  const { outcome } = await evaluate(source, 'validation', `${id}/validation`, world, signal);
  return outcome.status === 'scored' ? outcome.score : null;
}
