import type { Message, Said } from '../model.ts';
import type { Source } from '../program.ts';
import type { Comparison, Passes, Purpose, Rejection, Reply, RunOutcome, Step, Unheard } from '../roles.ts';

/** Has programs run, one evaluation each; one outcome for each, in order. */
export function* run(sources: readonly Source[]): Generator<Step, readonly RunOutcome[], Reply> {
  return (yield { run: sources }) as readonly RunOutcome[];
}

/** Has programs run and compared with the first of them, one evaluation each. */
export function* compare(sources: readonly Source[]): Generator<Step, Comparison, Reply> {
  return (yield { compare: sources }) as Comparison;
}

/** Asks the model; `rejected`: why the answer before was turned away, where it was. */
export function* ask(
  messages: readonly Message[],
  purpose: Purpose,
  rejected?: string,
): Generator<Step, Said | Unheard, Reply> {
  return (yield { ask: messages, purpose, rejected }) as Said | Unheard;
}

/** Whether a program would be turned away unrun; `vector`: its embedding. */
export function* screened(source: Source, vector?: string): Generator<Step, Rejection | Passes, Reply> {
  return (yield { screen: source, ...(vector === undefined ? {} : { vector }) }) as Rejection | Passes;
}
