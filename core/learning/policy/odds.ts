import type { Random } from '../../search/random.ts';
import type { Grammar } from './grammar.ts';
import type { Place } from './place.ts';
import type { Sampler } from './policy.ts';
import { type DecisionState, grow } from './walk.ts';

/** What a policy would do at a state: all that drawing, and telling again what was drawn, needs to know of it. */
export interface ActionDistribution {
  readonly grammar: Grammar;
  /** Probabilities of the allowed productions, in their order. */
  probabilities(state: DecisionState, allowed: readonly number[]): Float64Array;
  /** Of the number that a production draws. */
  gaussian(state: DecisionState, production: number): readonly [mean: number, deviation: number];
}

/** What was drawn for one proposal, and where. */
export interface Path {
  readonly place: Place;
  readonly actions: readonly number[];
}

/** Draws from a policy and keeps count of what it drew: productions, each followed by its number where one was drawn. */
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
      // Rounded first, so that what is journaled is what was used.
      const amount = Number((mean + deviation * random.normal()).toPrecision(6));
      actions.push(amount);
      logProbability += logDensity(amount, mean, deviation);
      return amount;
    },
  };
}

/** Natural logarithm of the probability, or density, with which a policy would draw what was drawn. */
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
