import type { Random } from '../../search/random.ts';
import type { Grammar } from './grammar.ts';
import type { Chooser } from './walk.ts';

/** What draws expressions, as an operator uses it. */
export interface Policy {
  /** `table` or `network`. */
  readonly name: string;
  /** 0: nothing is learnt yet. */
  readonly version: number;
  readonly grammar: Grammar;
  sampler(random: Random): Sampler;
}

/** Draws one expression, and keeps count of what it drew. */
export interface Sampler extends Chooser {
  readonly actions: number[];
  /** Natural logarithm of the probability, or density, of the actions so far. */
  readonly logProbability: number;
}
