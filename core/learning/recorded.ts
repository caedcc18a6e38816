import { JournalError } from '../search/errors.ts';
import type { Event, Settled, Trained } from '../search/event.ts';
import { applyEvent } from '../search/fold.ts';
import type { Message, Sampling } from '../search/model.ts';
import { initialState, type State } from '../search/state.ts';
import { type RewardTier, tierRewards } from './rewards/tiers.ts';
import { rewardOf } from './rewards/trial.ts';

/** An answer of a model in a trial that is over, as the journal tells of it. */
export interface Recorded {
  /** `trial/step`. */
  readonly key: string;
  readonly trial: number;
  /** SPEC of the model. */
  readonly model: string;
  readonly messages: readonly Message[];
  readonly text: string;
  readonly drawn?: Sampling;
  readonly tier: RewardTier;
  /** Higher is better. */
  readonly reward: number;
}

/** What a journal tells of a model that is trained. */
export interface Record {
  readonly answers: readonly Recorded[];
  readonly decisions: readonly Trained[];
}

interface Turn {
  readonly key: string;
  readonly model: string;
  readonly messages: readonly Message[];
  text?: string;
  drawn?: Sampling;
  /** Why the story did not take it, where it was asked again. */
  rejected?: 'unparsable' | 'unchanged';
}

/** What a journal tells, kept up event by event. */
export interface Recorder {
  /** To be told of every event, in order. @throws JournalError where the first is not `opened`. */
  observe(event: Event): void;
  readonly record: Record;
  /** Lets go of the answers that are not wanted any more. */
  keep(wanted: (answer: Recorded) => boolean): void;
}

/**
 * Every answer that was to be a child, in the order in which trials settled, and the decisions on models trained
 * outside. An answer that was followed by another in its trial is worth what it failed at; the last one is worth what
 * the trial came to. Answers to audits are left out: what is measured by is not learnt from.
 */
export function openRecorder(): Recorder {
  let answers: Recorded[] = [];
  const decisions: Trained[] = [];
  const turns = new Map<number, Turn[]>();
  let state: State | undefined;
  return {
    observe(event) {
      if (event.type === 'opened') {
        state = initialState(event);
        return;
      }
      if (!state)
        throw new JournalError(`Expected a journal to begin with \`opened\`, got \`${event.type}\``);
      if (event.type === 'trained' && event.model !== undefined) decisions.push(event);
      if (event.type === 'settled') answers.push(...answersOf(event, turns.get(event.trial) ?? [], state));
      followTurn(event, turns);
      applyEvent(state, event);
    },
    get record() {
      return { answers, decisions };
    },
    keep(wanted) {
      answers = answers.filter(wanted);
    },
  };
}

/** All that a journal tells. @throws JournalError */
export async function recordedIn(events: AsyncIterable<Event>): Promise<Record> {
  const recorder = openRecorder();
  for await (const event of events) recorder.observe(event);
  return recorder.record;
}

/** Keeps what is asked and answered until its trial is over. */
function followTurn(event: Exclude<Event, { type: 'opened' }>, turns: Map<number, Turn[]>): void {
  if (event.type === 'settled') turns.delete(event.trial);
  else if (event.type === 'asked' && event.purpose === 'propose') {
    const key = `${event.trial}/${event.step}`;
    const { model, messages } = event;
    // A call that is made again is the same turn.
    const before = (turns.get(event.trial) ?? []).filter((each) => each.key !== key);
    turns.set(event.trial, [...before, { key, model, messages }]);
  } else if (event.type === 'answered' && 'text' in event.answer) {
    const turn = turns.get(event.trial)?.find(({ key }) => key === `${event.trial}/${event.step}`);
    if (turn) Object.assign(turn, { text: event.answer.text, drawn: event.answer.drawn });
  } else if (event.type === 'replied' && ('passes' in event.reply || 'verdict' in event.reply)) {
    // What was screened had been read: it is asked again about because it says nothing new.
    const turn = turns.get(event.trial)?.at(-1);
    if (turn)
      turn.rejected =
        'passes' in event.reply || event.reply.verdict === 'duplicate' ? 'unchanged' : 'unparsable';
  }
}

function answersOf(event: Settled, turns: readonly Turn[], state: State): Recorded[] {
  const pending = state.pending.get(event.trial)!;
  if (pending.audits !== undefined) return [];
  const replied = turns.filter(({ text }) => text !== undefined);
  return replied.map(({ key, model, messages, text, drawn, rejected = 'unparsable' }, i) => {
    const last = i === replied.length - 1;
    const { tier, reward } = last
      ? rewardOf(event.verdict, pending, state)
      : { tier: rejected, reward: tierRewards[rejected] };
    const { trial } = event;
    return { key, trial, model, messages, text: text!, ...(drawn ? { drawn } : {}), tier, reward };
  });
}
