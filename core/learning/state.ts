import type { Trained } from '../search/event.ts';
import { type ExternalTraining, type HeldOut, noExternalTraining } from './external-training.ts';
import { emptyBuffer, type RolloutBuffer } from './rollout-buffer.ts';

/** What a search has to learn from, and what it learnt: a fold of its journal beside the search's own. Only `learn` writes to it. */
export interface LearningState {
  /** Weights in use by policy; none for a policy that still goes by its prior. */
  policies: ReadonlyMap<string, Trained>;
  /** What the policy in process sampled and has not been trained on. */
  buffer: RolloutBuffer;
  /** What is known of a language model that is trained outside. */
  external: ExternalTraining;
  /** Trials under way by number. */
  readonly trials: Map<number, AtBegin>;
}

/** What held when a trial began. */
interface AtBegin {
  readonly policies: ReadonlyMap<string, Trained>;
  /** Trials that had settled. */
  readonly settled: number;
  /** Held-out questions that it puts to new weights, for a trial that measures some. */
  readonly cases?: readonly HeldOut[];
}

/** The state in which a search opens. */
export function openLearning(): LearningState {
  return { policies: new Map(), buffer: emptyBuffer(), external: noExternalTraining, trials: new Map() };
}
