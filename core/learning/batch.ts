import type { Message, Sampling } from '../search/model.ts';

/** One answer of a model as a training sample. */
export interface Sample {
  /** Its name within the run: `trial/step`. */
  readonly key: string;
  readonly messages: readonly Message[];
  readonly text: string;
  /** Its sampled tokens; absent for a model that does not return them. */
  readonly drawn?: Sampling;
  /** Version of the weights that wrote it; 0: the base model; absent for another model's answer. */
  readonly version?: number;
  readonly reward: number;
  /** Its reward above the expected one: the weight of its tokens' gradient. */
  readonly advantage: number;
}

/** The losses of Tinker's HTTP API that are used. */
export type LossName = 'importance_sampling' | 'ppo' | 'cispo' | 'cross_entropy';

/** The data of one training step. */
export interface Batch {
  /** The version of the resulting weights, 1, 2, 3 ..., unique within a run. */
  readonly version: number;
  readonly objective: string;
  readonly loss: LossName;
  /** Ratios of new to old probability at which a token is clipped. */
  readonly clip?: { readonly low: number; readonly high: number } | undefined;
  /**
   * The divisor of the sum over tokens: the tokens of all answers; the number of answers times the tokens of each; or the
   * number of answers times the maximum number of tokens of an answer.
   */
  readonly per: 'token' | 'answer' | 'limit';
  /** In the order in which they were recorded; none has advantage 0. */
  readonly samples: readonly Sample[];
}
