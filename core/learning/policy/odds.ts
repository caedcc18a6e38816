import type { Random } from '../../search/random.ts';
import type { Grammar } from './grammar.ts';
import type { Place } from './place.ts';
import type { Sampler } from './policy.ts';
import { type DecisionState, grow } from './walk.ts';

/** The action distribution of a policy in each state, enough to sample actions and to score recorded ones. */
export interface ActionDistribution {
  readonly grammar: Grammar;
  /** Probabilities of the allowed productions, in their order. */
  probabilities(state: DecisionState, allowed: readonly number[]): Float64Array;
  /** Mean and deviation of the constant that a production samples. */
  gaussian(state: DecisionState, production: number): readonly [mean: number, deviation: number];
}

/** The actions of one proposal and their place. */
export interface Path {
  readonly place: Place;
  readonly actions: readonly number[];
}

/** Samples from a policy and records the actions: productions, each followed by its constant where it has one. */
export function samplerOf(distribution: ActionDistribution, random: Random): Sampler {
  const actions: number[] = [];
  let logProbability = 0;
  return {
    actions,
    get logProbability() {
      return logProbability;
    },
    production(state, allowed) {
      const p = distribution.probabilities(state, allowed);
      const k = random.weighted(p as unknown as readonly number[]);
      actions.push(allowed[k]!);
      logProbability += Math.log(p[k]!);
      return allowed[k]!;
    },
    amount(state, production) {
      const [mean, deviation] = distribution.gaussian(state, production);
      // Rounded first, so that the journal holds the number that was used.
      const amount = Number((mean + deviation * random.normal()).toPrecision(6));
      actions.push(amount);
      logProbability += logDensity(amount, mean, deviation);
      return amount;
    },
  };
}

/** Natural logarithm of the probability, or density, of recorded actions under a policy. */
export function logProbabilityOf(distribution: ActionDistribution, { place, actions }: Path): number {
  let at = 0;
  let log = 0;
  grow(distribution.grammar, place, {
    production(state, allowed) {
      const chosen = actions[at++]!;
      log += Math.log(distribution.probabilities(state, allowed)[allowed.indexOf(chosen)]!);
      return chosen;
    },
    amount(state, production) {
      const amount = actions[at++]!;
      log += logDensity(amount, ...distribution.gaussian(state, production));
      return amount;
    },
  });
  return log;
}

/** Logarithm of the normal density. */
export function logDensity(x: number, mean: number, deviation: number): number {
  return -0.5 * ((x - mean) / deviation) ** 2 - Math.log(deviation) - 0.5 * Math.log(2 * Math.PI);
}
