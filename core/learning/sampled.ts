import type { Sampled } from '../search/provided.ts';
import type { Place } from './policy/place.ts';

/** The group of rollouts that a policy sampled in one trial for one place; it can be replayed and trained on. */
export interface SampledGroup extends Sampled {
  readonly place: Place;
  readonly rollouts: readonly Rollout[];
}

/** One proposal of a policy. */
export interface Rollout {
  /** Productions by number in the order of sampling, each followed by its sampled constant where it has one. */
  readonly actions: readonly number[];
  /** Natural logarithm of the joint probability, or density, of the actions. */
  readonly logProbability: number;
  /** Hash of its text. */
  readonly key: string;
  /** Finite, higher is better; absent for the rollout that became the child, whose reward is that of its trial. */
  readonly reward?: number;
  /** Sampled before: it was not evaluated and gets the worst reward of its group. */
  readonly duplicate?: true;
}
