import type { Form } from '../code/patch/patch.ts';
import type { Settled, Trained } from '../event.ts';
import type { Message } from '../model.ts';
import { formAlone } from '../operators/model/operators.ts';
import type { Source } from '../program.ts';
import type { Reply } from '../roles.ts';
import type { Pending, State } from '../state.ts';
import { rewardOf } from './rewards/trial.ts';

/** What a search knows of a model that a trainer outside makes better. */
export interface Outside {
  /** The newest version that was judged; 0: none was. */
  readonly judged: number;
  /** Versions whose arms are open, oldest first; the base model is none. */
  readonly open: readonly Open[];
  /** Questions that are kept from training, newest last. */
  readonly heldOut: readonly HeldOut[];
  /** The newest audit that is over. */
  readonly audit: Audited | undefined;
}

/** A version with arms of its own. */
export interface Open {
  readonly version: number;
  readonly model: string;
  readonly arms: readonly string[];
}

/** A question that was put to a model once, and what the answer was worth. */
export interface HeldOut {
  readonly trial: number;
  readonly messages: readonly Message[];
  readonly form: Form;
  /** What the answer is applied to. */
  readonly base: Source;
  /** Score of the parent, and what counts for a large difference to it. */
  readonly parent: number;
  readonly spread: number;
  readonly reward: number;
}

/** Questions that were put to a model anew, and what came of it step by step. */
export interface Audited {
  readonly model: string;
  readonly cases: readonly HeldOut[];
  readonly replies: readonly Reply[];
}

export const unjudged: Outside = { judged: 0, open: [], heldOut: [], audit: undefined };

/** Every so many trials one is kept from training, and the newest so many of them are asked again. */
const every = 5;
const most = 16;

/** Whether a trial is kept from training, to measure by. */
export function isHeldOut(trial: number): boolean {
  return trial % every === 0;
}

/** Whether an arm is there to measure a model, and no arm of the bandit. */
export function isAudit(arm: string): boolean {
  return arm.startsWith('audit@');
}

/** The fold of a trial that is over. */
export function observed(
  outside: Outside,
  event: Settled,
  pending: Pending,
  before: Pick<State, 'islands'>,
): Outside {
  if (pending.audit) {
    const { model, cases } = pending.audit;
    return { ...outside, audit: { model, cases, replies: pending.replies } };
  }
  const form = formAlone(pending.arm.split('@')[0]!);
  // Of a twin nothing is known but that it was one.
  if (!isHeldOut(event.trial) || !form || !pending.question || event.verdict === 'twin') return outside;
  const { reward, parent, spread } = rewardOf(event.verdict, pending, before);
  const { trial } = event;
  const base = pending.parents[0]!.source;
  const held: HeldOut = { trial, messages: pending.question, form, base, parent, spread, reward };
  return { ...outside, heldOut: [...outside.heldOut, held].slice(-most) };
}

/** The fold of a judgement. */
export function judgedBy(outside: Outside, event: Trained): Outside {
  const { version, model, arms = [], closes = [], promoted } = event;
  if (model === undefined) return outside;
  const left = outside.open.filter((each) => !each.arms.some((arm) => closes.includes(arm)));
  const open = promoted ? [...left, { version, model, arms }] : left;
  return { ...outside, judged: version, open };
}
