import type { Message, ModelReply } from './model.ts';
import type { Source } from './program.ts';
import type { Comparison, NoReply, Passes, Purpose, Rejection, Reply, RunOutcome, Step } from './roles.ts';

/** Has programs run, one evaluation each; one outcome for each, in order. */
export function* run(sources: readonly Source[]): Generator<Step, readonly RunOutcome[], Reply> {
  return (yield { run: sources }) as readonly RunOutcome[];
}

/** Has programs run and compared with the first of them, one evaluation each. */
export function* compare(sources: readonly Source[]): Generator<Step, Comparison, Reply> {
  return (yield { compare: sources }) as Comparison;
}

/** Asks the model; `rejected`: why the previous answer was rejected, where it was. */
export function* ask(
  messages: readonly Message[],
  purpose: Purpose,
  rejected?: string,
): Generator<Step, ModelReply | NoReply, Reply> {
  return (yield { ask: messages, purpose, rejected }) as ModelReply | NoReply;
}

/** Whether a program would be rejected unrun; `vector`: its embedding. */
export function* screened(source: Source, vector?: string): Generator<Step, Rejection | Passes, Reply> {
  return (yield { screen: source, ...(vector === undefined ? {} : { vector }) }) as Rejection | Passes;
}
