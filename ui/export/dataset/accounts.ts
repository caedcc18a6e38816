import { createHash } from 'node:crypto';
import { readJournal } from '../../../core/journal/segments.ts';
import { spreadOf } from '../../../core/search/archive.ts';
import { JournalError } from '../../../core/search/errors.ts';
import type { Asked, Evaluated, Event, Settled } from '../../../core/search/event.ts';
import { applyEvent } from '../../../core/search/fold.ts';
import { initialState, type Pending, type State } from '../../../core/search/state.ts';
import type { Exchange, Origin, TrialRecord } from './account.ts';

/**
 * The settled trials of a run in the order in which they settled, each with its full record from the journal. Reads event by
 * event and holds no more than a search does. Empty for a run that has not begun.
 * @throws JournalError
 */
export async function* trialRecords(dir: string, origin: Origin): AsyncGenerator<TrialRecord, void> {
  let state: State | undefined;
  const dialogues = new Map<number, Dialogue>();
  for await (const event of readJournal(dir)) {
    if (event.type === 'opened') {
      state = initialState(event);
      continue;
    }
    if (!state)
      throw new JournalError(
        `Expected the journal of ${dir} to begin with \`opened\`, got \`${event.type}\``,
      );
    followDialogue(dialogues, event);
    if (event.type === 'settled') {
      const pending = state.pending.get(event.trial)!;
      if (event.trial > (origin.rescored ?? 0))
        yield recordOf(origin, event, pending, dialogues.get(event.trial), state);
      dialogues.delete(event.trial);
    }
    applyEvent(state, event);
  }
}

/** The part of a trial in flight that the fold does not keep. */
interface Dialogue {
  readonly asking?: Asked;
  readonly last?: Omit<Exchange, 'hash'>;
  readonly evaluated?: Evaluated;
}

function followDialogue(dialogues: Map<number, Dialogue>, event: Event): void {
  if (event.type === 'asked' && event.purpose === 'propose') {
    dialogues.set(event.trial, { ...dialogues.get(event.trial), asking: event });
  } else if (event.type === 'answered') {
    const dialogue = dialogues.get(event.trial);
    if (dialogue?.asking?.step !== event.step || !('text' in event.answer)) return;
    const { model, messages } = dialogue.asking;
    const { text, drawn } = event.answer;
    dialogues.set(event.trial, { ...dialogue, last: { model, messages, text, ...(drawn ? { drawn } : {}) } });
  } else if (event.type === 'evaluated') {
    dialogues.set(event.trial, { ...dialogues.get(event.trial), evaluated: event });
  }
}

function recordOf(
  origin: Origin,
  event: Settled,
  pending: Pending,
  dialogue: Dialogue | undefined,
  state: State,
): TrialRecord {
  const { trial, verdict, why } = event;
  const { island, arm, parents, inspirations, attempt, proposal, canonical, sketch } = pending;
  const made = proposal && 'source' in proposal ? proposal : undefined;
  return {
    origin,
    trial,
    island,
    arm,
    parents,
    inspirations,
    ...(attempt ? { attempt } : {}),
    verdict,
    ...(why === undefined ? {} : { why }),
    note: made?.note ?? '',
    ...(made ? { source: made.source } : {}),
    ...(pending.outcome ? { outcome: pending.outcome } : {}),
    spread: spreadOf(state.islands[island]!),
    ...(dialogue?.evaluated?.usage ? { cpuMs: dialogue.evaluated.usage.cpuMs } : {}),
    ...(canonical === undefined ? {} : { canonical }),
    ...(sketch === undefined ? {} : { sketch }),
    ...(dialogue?.last ? { exchange: { ...dialogue.last, hash: hashOf(dialogue.last.messages) } } : {}),
  };
}

function hashOf(messages: Exchange['messages']): string {
  return createHash('sha256').update(JSON.stringify(messages)).digest('hex');
}
