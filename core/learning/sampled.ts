import type { Sampled } from '../search/provided.ts';
import type { Place } from './policy/place.ts';

/** What a policy sampled in one trial, all for the same place: a group of rollouts that can be replayed and learnt from. */
export interface SampledGroup extends Sampled {
  readonly place: Place;
  readonly rollouts: readonly Rollout[];
}

/** One proposal of a policy. */
export interface Rollout {
  /** Productions by number, each followed by the number that was drawn for it where one was, in the order of the drawing. */
  readonly actions: readonly number[];
  /** Natural logarithm of the probability, or density, of all of them together. */
  readonly logProbability: number;
  /** What it says, hashed: equal texts have equal keys. */
  readonly key: string;
  /** Finite, higher is better; left out of the one that became the child, whose trial tells. */
  readonly reward?: number;
  /** Said before: not evaluated, and to be given the worst reward of its group. */
  readonly duplicate?: true;
}
