import type { Random } from '../../search/random.ts';
import type { Grammar } from './grammar.ts';
import type { Chooser } from './walk.ts';

/** A policy that samples expressions, as an operator uses it. */
export interface Policy {
  /** `table` or `network`. */
  readonly name: string;
  /** 0: untrained. */
  readonly version: number;
  readonly grammar: Grammar;
  sampler(random: Random): Sampler;
}

/** Samples one expression and records its actions. */
export interface Sampler extends Chooser {
  readonly actions: number[];
  /** Natural logarithm of the probability, or density, of the actions so far. */
  readonly logProbability: number;
}
