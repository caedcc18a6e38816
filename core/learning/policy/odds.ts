import type { Random } from '../../search/random.ts';
import type { Grammar } from './grammar.ts';
import type { Place } from './place.ts';
import type { Sampler } from './policy.ts';
import { grow, type Spot } from './walk.ts';

/** What a policy would do at a spot: all that drawing, and telling again what was drawn, needs to know of it. */
export interface Odds {
  readonly grammar: Grammar;
  /** Probabilities of the allowed productions, in their order. */
  probabilities(spot: Spot, allowed: readonly number[]): Float64Array;
  /** Of the number that a production draws. */
  gaussian(spot: Spot, production: number): readonly [mean: number, deviation: number];
}

/** What was drawn for one proposal, and where. */
export interface Path {
  readonly place: Place;
  readonly actions: readonly number[];
}

/** Draws from a policy and keeps count of what it drew: productions, each followed by its number where one was drawn. */
export function samplerOf(odds: Odds, random: Random): Sampler {
  const actions: number[] = [];
  let logProbability = 0;
  return {
    actions,
    get logProbability() {
      return logProbability;
    },
    production(spot, allowed) {
      const p = odds.probabilities(spot, allowed);
      const k = random.weighted(p as unknown as readonly number[]);
      actions.push(allowed[k]!);
      logProbability += Math.log(p[k]!);
      return allowed[k]!;
    },
    amount(spot, production) {
      const [mean, deviation] = odds.gaussian(spot, production);
      // Rounded first, so that what is journaled is what was used.
      const amount = Number((mean + deviation * random.normal()).toPrecision(6));
      actions.push(amount);
      logProbability += logDensity(amount, mean, deviation);
      return amount;
    },
  };
}

/** Natural logarithm of the probability, or density, with which a policy would draw what was drawn. */
export function logProbabilityOf(odds: Odds, { place, actions }: Path): number {
  let at = 0;
  let log = 0;
  grow(odds.grammar, place, {
    production(spot, allowed) {
      const chosen = actions[at++]!;
      log += Math.log(odds.probabilities(spot, allowed)[allowed.indexOf(chosen)]!);
      return chosen;
    },
    amount(spot, production) {
      const amount = actions[at++]!;
      log += logDensity(amount, ...odds.gaussian(spot, production));
      return amount;
    },
  });
  return log;
}

/** Logarithm of the normal density. */
export function logDensity(x: number, mean: number, deviation: number): number {
  return -0.5 * ((x - mean) / deviation) ** 2 - Math.log(deviation) - 0.5 * Math.log(2 * Math.PI);
}
