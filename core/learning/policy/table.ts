import type { Grammar } from './grammar.ts';
import { type ActionDistribution, logDensity, type Path } from './odds.ts';
import { priors, spread } from './prior.ts';
import { type DecisionState, grow, maxDepth } from './walk.ts';

/**
 * A tabular softmax policy: the logit of a production is the logarithm of its prior plus one weight each for its parent and
 * operand position, its left sibling, its depth, and the production itself.
 */
export interface Table {
  readonly grammar: Grammar;
  /** Row by row, a weight for each production, then one each for the mean and the log deviation of a sampled constant. */
  readonly weights: Float32Array;
}

/** The table of the prior: all weights are 0. */
export function blankTable(grammar: Grammar): Table {
  const rows = 1 + 4 * (grammar.productions.length + 1) + maxDepth + 3;
  return { grammar, weights: new Float32Array(rows * widthOf(grammar)) };
}

/** The action distribution of a table. */
export function tableDistribution({ grammar, weights }: Table): ActionDistribution {
  const width = widthOf(grammar);
  const sum = (rows: readonly number[], column: number): number => {
    let total = 0;
    for (const row of rows) total += weights[row * width + column]!;
    return total;
  };
  return {
    grammar,
    probabilities(state, allowed) {
      const rows = rowsAt(grammar, state);
      const result = priors(grammar, state, allowed);
      let total = 0;
      for (let k = 0; k < result.length; k++) {
        result[k]! *= Math.exp(sum(rows, allowed[k]!));
        total += result[k]!;
      }
      for (let k = 0; k < result.length; k++) result[k]! /= total;
      return result;
    },
    gaussian(state, production) {
      const rows = rowsAt(grammar, state);
      const log = Math.log(spread[grammar.productions[production]!.draws!]) + sum(rows, width - 1);
      return [sum(rows, width - 2), Math.exp(log)];
    },
  };
}

/** Adds `factor` times the gradient of a path's log-probability to `slopes`; returns that log-probability. */
export function addSlopes(
  table: Table,
  { place, actions }: Path,
  factor: number,
  slopes: Float64Array,
): number {
  const { grammar } = table;
  const width = widthOf(grammar);
  const distribution = tableDistribution(table);
  let at = 0;
  let log = 0;
  grow(grammar, place, {
    production(state, allowed) {
      const p = distribution.probabilities(state, allowed);
      const chosen = actions[at++]!;
      const rows = rowsAt(grammar, state);
      allowed.forEach((each, k) => {
        if (each === chosen) log += Math.log(p[k]!);
        const slope = factor * ((each === chosen ? 1 : 0) - p[k]!);
        for (const row of rows) slopes[row * width + each]! += slope;
      });
      return chosen;
    },
    amount(state, production) {
      const [mean, deviation] = distribution.gaussian(state, production);
      const amount = actions[at++]!;
      const z = (amount - mean) / deviation;
      log += logDensity(amount, mean, deviation);
      for (const row of rowsAt(grammar, state)) {
        slopes[row * width + width - 2]! += (factor * z) / deviation;
        slopes[row * width + width - 1]! += factor * (z * z - 1);
      }
      return amount;
    },
  });
  return log;
}

function widthOf({ productions }: Grammar): number {
  return productions.length + 2;
}

/** The rows whose weights are summed in a state. */
function rowsAt({ productions }: Grammar, { above, slot, left, depth }: DecisionState): number[] {
  const count = productions.length + 1;
  return [0, 1 + (above + 1) * 3 + slot, 1 + count * 3 + left + 1, 1 + count * 4 + depth];
}
