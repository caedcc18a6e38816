import type { Random } from '../../random.ts';
import type { Grammar } from './grammar.ts';
import type { Chooser, Spot } from './walk.ts';
import { deepest } from './walk.ts';

/**
 * A tabular softmax policy: the logit of a production is the logarithm of its prior share plus one weight each for what
 * stands above it and where, what stands on its left, how deep it is, and by itself.
 */
export interface Table {
  readonly grammar: Grammar;
  /** Row by row, a weight for each production; the last columns of a row are the mean and log deviation of its numbers. */
  readonly weights: Float32Array;
}

/** Numbers of a row besides one weight for each production: mean and log deviation of what `fresh` and `moved` draw. */
export const drawn = 2;

/** Rows of the table of a grammar. */
export function rowsOf({ productions }: Grammar): number {
  return 1 + 4 * (productions.length + 1) + deepest + 3;
}

export function blankTable(grammar: Grammar): Table {
  const width = grammar.productions.length + drawn;
  return { grammar, weights: new Float32Array(rowsOf(grammar) * width) };
}

/** The rows whose weights are added up at a spot. */
export function rowsAt({ productions }: Grammar, { above, slot, left, depth }: Spot): number[] {
  const count = productions.length + 1;
  return [0, 1 + (above + 1) * 3 + slot, 1 + count * 3 + left + 1, 1 + count * 4 + depth];
}

/** Probability that a branch ends at a depth, where nothing is learnt. */
const ending = [0.12, 0.25, 0.4, 0.6, 0.75, 0.85, 0.95, 1];

/** Standard deviation of what is drawn where nothing is learnt: of a fresh number as an inverse hyperbolic sine, and of a move in units of the number. */
const spread = { fresh: 1.5, moved: 0.3 } as const;

/** Probabilities of the allowed productions at a spot, in their order. */
export function probabilities(
  { grammar, weights }: Table,
  spot: Spot,
  allowed: readonly number[],
): Float64Array {
  const { productions } = grammar;
  const width = productions.length + drawn;
  const rows = rowsAt(grammar, spot);
  let ends = 0;
  let goes = 0;
  for (const each of allowed) {
    const { below, share } = productions[each]!;
    if (below.length > 0) goes += share;
    else ends += share;
  }
  const end = ends === 0 ? 0 : goes === 0 ? 1 : ending[Math.min(spot.depth, ending.length - 1)]!;
  const result = new Float64Array(allowed.length);
  let sum = 0;
  for (let k = 0; k < allowed.length; k++) {
    const { below, share } = productions[allowed[k]!]!;
    let logit = 0;
    for (const row of rows) logit += weights[row * width + allowed[k]!]!;
    const prior = below.length > 0 ? ((1 - end) * share) / goes : (end * share) / ends;
    result[k] = prior * Math.exp(logit);
    sum += result[k]!;
  }
  for (let k = 0; k < result.length; k++) result[k]! /= sum;
  return result;
}

/** Mean and standard deviation of the number that a production draws at a spot. */
export function gaussian(
  { grammar, weights }: Table,
  spot: Spot,
  production: number,
): [mean: number, deviation: number] {
  const width = grammar.productions.length + drawn;
  let mean = 0;
  let log = Math.log(spread[grammar.productions[production]!.draws!]);
  for (const row of rowsAt(grammar, spot)) {
    mean += weights[row * width + width - 2]!;
    log += weights[row * width + width - 1]!;
  }
  return [mean, Math.exp(log)];
}

/** Draws from the policy and keeps count of what it drew: productions, each followed by its number where one was drawn. */
export function sampler(
  table: Table,
  random: Random,
): Chooser & { actions: number[]; logProbability: number } {
  const self = {
    actions: [] as number[],
    logProbability: 0,
    production(spot: Spot, allowed: readonly number[]): number {
      const p = probabilities(table, spot, allowed);
      const k = random.weighted(p as unknown as number[]);
      self.actions.push(allowed[k]!);
      self.logProbability += Math.log(p[k]!);
      return allowed[k]!;
    },
    amount(spot: Spot, production: number): number {
      const [mean, deviation] = gaussian(table, spot, production);
      // Rounded first, so that what is journaled is what was used.
      const amount = Number((mean + deviation * random.normal()).toPrecision(6));
      self.actions.push(amount);
      self.logProbability += logDensity(amount, mean, deviation);
      return amount;
    },
  };
  return self;
}

/** Logarithm of the normal density. */
export function logDensity(x: number, mean: number, deviation: number): number {
  return -0.5 * ((x - mean) / deviation) ** 2 - Math.log(deviation) - 0.5 * Math.log(2 * Math.PI);
}
