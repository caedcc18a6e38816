import { createHash } from 'node:crypto';
import { readJournal } from '../../../core/journal/segments.ts';
import { spreadOf } from '../../../core/search/archive.ts';
import { JournalError } from '../../../core/search/errors.ts';
import type { Asked, Evaluated, Event, Settled } from '../../../core/search/event.ts';
import { applyEvent } from '../../../core/search/fold.ts';
import { initialState, type Pending, type State } from '../../../core/search/state.ts';
import type { Exchange, Origin, TrialRecord } from './account.ts';

/**
 * The trials of a run that are over, in the order in which they settled, each with all that its journal tells of it.
 * Reads event by event, and holds what a search itself would. None for a run that has not begun.
 * @throws JournalError
 */
export async function* trialRecords(dir: string, origin: Origin): AsyncGenerator<TrialRecord, void> {
  let state: State | undefined;
  const talks = new Map<number, Dialogue>();
  for await (const event of readJournal(dir)) {
    if (event.type === 'opened') {
      state = initialState(event);
      continue;
    }
    if (!state)
      throw new JournalError(
        `Expected the journal of ${dir} to begin with \`opened\`, got \`${event.type}\``,
      );
    followDialogue(talks, event);
    if (event.type === 'settled') {
      const pending = state.pending.get(event.trial)!;
      if (event.trial > (origin.rescored ?? 0))
        yield recordOf(origin, event, pending, talks.get(event.trial), state);
      talks.delete(event.trial);
    }
    applyEvent(state, event);
  }
}

/** What is kept of a trial under way besides what the fold keeps. */
interface Dialogue {
  readonly asking?: Asked;
  readonly last?: Omit<Exchange, 'hash'>;
  readonly evaluated?: Evaluated;
}

function followDialogue(talks: Map<number, Dialogue>, event: Event): void {
  if (event.type === 'asked' && event.purpose === 'propose') {
    talks.set(event.trial, { ...talks.get(event.trial), asking: event });
  } else if (event.type === 'answered') {
    const talk = talks.get(event.trial);
    if (talk?.asking?.step !== event.step || !('text' in event.answer)) return;
    const { model, messages } = talk.asking;
    const { text, drawn } = event.answer;
    talks.set(event.trial, { ...talk, last: { model, messages, text, ...(drawn ? { drawn } : {}) } });
  } else if (event.type === 'evaluated') {
    talks.set(event.trial, { ...talks.get(event.trial), evaluated: event });
  }
}

function recordOf(
  origin: Origin,
  event: Settled,
  pending: Pending,
  talk: Dialogue | undefined,
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
    ...(talk?.evaluated?.usage ? { cpuMs: talk.evaluated.usage.cpuMs } : {}),
    ...(canonical === undefined ? {} : { canonical }),
    ...(sketch === undefined ? {} : { sketch }),
    ...(talk?.last ? { exchange: { ...talk.last, hash: hashOf(talk.last.messages) } } : {}),
  };
}

function hashOf(messages: Exchange['messages']): string {
  return createHash('sha256').update(JSON.stringify(messages)).digest('hex');
}
