import { formAlone } from '../prompts/operators.ts';
import { type Arm, sameArm } from '../search/arm.ts';
import type { Settled, Trained } from '../search/event.ts';
import type { Message } from '../search/model.ts';
import type { Source } from '../search/program.ts';
import type { Reply } from '../search/roles.ts';
import type { Pending, State } from '../search/state.ts';
import type { Form } from '../text/patch/patch.ts';
import { rewardOf } from './rewards/trial.ts';

/** What a search knows of a language model that an external trainer trains. */
export interface ExternalTraining {
  /** The newest version that was promoted or refused; 0: none. */
  readonly decided: number;
  /** Versions whose arms are open, oldest first; the base model is none. */
  readonly open: readonly OpenVersion[];
  /** Questions that are held out from training, newest last. */
  readonly heldOut: readonly HeldOut[];
  /** The newest measurement that is over. */
  readonly audit: HeldOutEvaluation | undefined;
}

/** A version with arms of its own. */
interface OpenVersion {
  readonly version: number;
  readonly model: string;
  readonly arms: readonly Arm[];
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

/** Held-out questions that were put to new weights, and the replies step by step. */
export interface HeldOutEvaluation {
  readonly model: string;
  readonly cases: readonly HeldOut[];
  readonly replies: readonly Reply[];
}

/** The state in which nothing was trained. */
export const noExternalTraining: ExternalTraining = { decided: 0, open: [], heldOut: [], audit: undefined };

/** One trial in `every` is held out from training, and the newest `mostCases` of those questions measure new weights. */
const every = 5;
export const mostCases = 16;

/** Whether a trial is held out from training, to measure by. */
export function isHeldOut(trial: number): boolean {
  return trial % every === 0;
}

/** The state once a trial has settled; `cases`: the questions of a trial that measures. */
export function afterTrial(
  external: ExternalTraining,
  event: Settled,
  pending: Pending & { readonly cases: readonly HeldOut[] | undefined },
  before: Pick<State, 'islands'>,
): ExternalTraining {
  const { audits: model, cases, replies } = pending;
  if (model !== undefined && cases) return { ...external, audit: { model, cases, replies } };
  const form = formAlone(pending.arm.operator);
  // Nothing is known of a duplicate but that it is one.
  if (!isHeldOut(event.trial) || !form || !pending.question || event.verdict === 'duplicate') return external;
  const { reward, parent, spread } = rewardOf(event.verdict, pending, before);
  const { trial } = event;
  const base = pending.parents[0]!.source;
  const held: HeldOut = { trial, messages: pending.question, form, base, parent, spread, reward };
  return { ...external, heldOut: [...external.heldOut, held].slice(-mostCases) };
}

/** The state once new weights of a model were promoted or refused. */
export function afterPromotion(external: ExternalTraining, event: Trained, model: string): ExternalTraining {
  const { version, arms = [], closes = [], promoted } = event;
  const left = external.open.filter(
    (each) => !each.arms.some((arm) => closes.some((closed) => sameArm(closed, arm))),
  );
  const open = promoted ? [...left, { version, model, arms }] : left;
  return { ...external, decided: version, open };
}
