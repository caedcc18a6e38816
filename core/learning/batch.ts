import type { Message, Sampling } from '../search/model.ts';

/** One answer of a model, as a trainer learns from it. */
export interface Sample {
  /** Its name within the run: `trial/step`. */
  readonly key: string;
  readonly messages: readonly Message[];
  readonly text: string;
  /** What was drawn for it; left out where the model does not tell. */
  readonly drawn?: Sampling;
  /** Version of the weights that wrote it; 0: the base model; left out for another model's. */
  readonly version?: number;
  readonly reward: number;
  /** How much better it is than was to be expected: what its tokens' gradient is weighed by. */
  readonly advantage: number;
}

/** The losses of Tinker's HTTP API that are used. */
export type LossName = 'importance_sampling' | 'ppo' | 'cispo' | 'cross_entropy';

/** What a trainer makes one step of. */
export interface Batch {
  /** The version that comes of it, 1, 2, 3 ...: no two batches of a run have the same. */
  readonly version: number;
  readonly objective: string;
  readonly loss: LossName;
  /** Ratios of new to old probability at which a token is clipped. */
  readonly clip?: { readonly low: number; readonly high: number } | undefined;
  /**
   * What the sum over tokens is divided by: the tokens of all answers; the number of answers times the tokens of each; or
   * the number of answers times the most tokens that an answer may have.
   */
  readonly per: 'token' | 'answer' | 'limit';
  /** In the order in which they were recorded; none has advantage 0. */
  readonly samples: readonly Sample[];
}
