import type { Trained } from '../search/event.ts';
import { type ExternalTraining, type HeldOut, noExternalTraining } from './external-training.ts';
import { emptyBuffer, type RolloutBuffer } from './rollout-buffer.ts';

/** The learning state of a search: a fold of its journal beside the search's own. Only `learn` changes it. */
export interface LearningState {
  /** Weights in use by policy; none for an untrained policy. */
  policies: ReadonlyMap<string, Trained>;
  /** Rollouts of the in-process policy that it has not been trained on. */
  buffer: RolloutBuffer;
  /** The external training of a language model. */
  external: ExternalTraining;
  /** Trials in flight by number. */
  readonly trials: Map<number, AtBegin>;
}

/** The learning state when a trial began. */
interface AtBegin {
  readonly policies: ReadonlyMap<string, Trained>;
  /** Number of settled trials. */
  readonly settled: number;
  /** The held-out questions of a trial that measures new weights. */
  readonly cases?: readonly HeldOut[];
}

/** The state in which a search opens. */
export function openLearning(): LearningState {
  return { policies: new Map(), buffer: emptyBuffer(), external: noExternalTraining, trials: new Map() };
}
