import { formAlone } from '../prompts/operators.ts';
import { type Arm, sameArm } from '../search/arm.ts';
import type { Settled, Trained } from '../search/event.ts';
import type { Message } from '../search/model.ts';
import type { Source } from '../search/program.ts';
import type { Reply } from '../search/roles.ts';
import type { Pending, State } from '../search/state.ts';
import type { Form } from '../text/patch/patch.ts';
import { rewardOf } from './rewards/trial.ts';

/** The state of a language model's training by an external trainer. */
export interface ExternalTraining {
  /** The newest version that was promoted or refused; 0: none. */
  readonly decided: number;
  /** Versions with open arms, oldest first, without the base model. */
  readonly open: readonly OpenVersion[];
  /** Questions held out from training, newest last. */
  readonly heldOut: readonly HeldOut[];
  /** The newest complete measurement. */
  readonly audit: HeldOutEvaluation | undefined;
}

/** A version with its own arms. */
interface OpenVersion {
  readonly version: number;
  readonly model: string;
  readonly arms: readonly Arm[];
}

/** A question that a model once answered, with the reward of the answer. */
export interface HeldOut {
  readonly trial: number;
  readonly messages: readonly Message[];
  readonly form: Form;
  /** The program to which an answer is applied. */
  readonly base: Source;
  /** Score of the parent, and the size of a large difference to it. */
  readonly parent: number;
  readonly spread: number;
  readonly reward: number;
}

/** The replies of new weights to held-out questions, step by step. */
export interface HeldOutEvaluation {
  readonly model: string;
  readonly cases: readonly HeldOut[];
  readonly replies: readonly Reply[];
}

/** The state before any training. */
export const noExternalTraining: ExternalTraining = { decided: 0, open: [], heldOut: [], audit: undefined };

/** One trial in `every` is held out from training; the newest `mostCases` of their questions measure new weights. */
const every = 5;
export const mostCases = 16;

/** Whether a trial is held out from training for measurements. */
export function isHeldOut(trial: number): boolean {
  return trial % every === 0;
}

/** The state after a trial has settled; `cases`: the questions of a trial that measures new weights. */
export function afterTrial(
  external: ExternalTraining,
  event: Settled,
  pending: Pending & { readonly cases: readonly HeldOut[] | undefined },
  before: Pick<State, 'islands'>,
): ExternalTraining {
  const { audits: model, cases, replies } = pending;
  if (model !== undefined && cases) return { ...external, audit: { model, cases, replies } };
  const form = formAlone(pending.arm.operator);
  // A duplicate was not evaluated, so its reward says nothing about the answer.
  if (!isHeldOut(event.trial) || !form || !pending.question || event.verdict === 'duplicate') return external;
  const { reward, parent, spread } = rewardOf(event.verdict, pending, before);
  const { trial } = event;
  const base = pending.parents[0]!.source;
  const held: HeldOut = { trial, messages: pending.question, form, base, parent, spread, reward };
  return { ...external, heldOut: [...external.heldOut, held].slice(-mostCases) };
}

/** The state after new weights were promoted or refused. */
export function afterPromotion(external: ExternalTraining, event: Trained, model: string): ExternalTraining {
  const { version, arms = [], closes = [], promoted } = event;
  const left = external.open.filter(
    (each) => !each.arms.some((arm) => closes.some((closed) => sameArm(closed, arm))),
  );
  const open = promoted ? [...left, { version, model, arms }] : left;
  return { ...external, decided: version, open };
}
