import { JournalError } from '../search/errors.ts';
import type { Event, Settled, Trained } from '../search/event.ts';
import { applyEvent } from '../search/fold.ts';
import type { Message, Sampling } from '../search/model.ts';
import { initialState, type State } from '../search/state.ts';
import { type RewardTier, tierRewards } from './rewards/tiers.ts';
import { rewardOf } from './rewards/trial.ts';

/** A model's answer in a settled trial. */
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

/** The answers to train on in a journal, and the decisions on promotions. */
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
  /** Why the operator rejected it, where it asked again. */
  rejected?: 'unparsable' | 'unchanged';
}

/** The record of a journal, updated event by event. */
export interface Recorder {
  /** Takes every event, in order. @throws JournalError where the first is not `opened`. */
  observe(event: Event): void;
  readonly record: Record;
  /** Drops the answers that are no longer wanted. */
  keep(wanted: (answer: Recorded) => boolean): void;
}

/**
 * Every answer that proposed a child, in the order in which trials settled, and the decisions on externally trained models.
 * The last answer of a trial has the trial's reward; an earlier one has the reward of the tier at which it was rejected.
 * Answers of audits are excluded, since they measure and must not be trained on.
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

/** The record of a whole journal. @throws JournalError */
export async function recordedIn(events: AsyncIterable<Event>): Promise<Record> {
  const recorder = openRecorder();
  for await (const event of events) recorder.observe(event);
  return recorder.record;
}

/** Keeps questions and answers until their trial settles. */
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
    // A reply from the screen follows an answer that was applied: it was rejected as not new.
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
