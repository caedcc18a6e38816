import type { Place } from './place.ts';
import { drawn, gaussian, logDensity, probabilities, rowsAt, type Table } from './table.ts';
import { grow, type Spot } from './walk.ts';

/** What the policy did for one proposal. */
export interface Path {
  readonly place: Place;
  readonly actions: readonly number[];
}

/** Adds `factor` times the slopes of the logarithm of a path's probability to `slopes`; returns that logarithm. */
export function addSlopes(
  table: Table,
  { place, actions }: Path,
  factor: number,
  slopes: Float64Array,
): number {
  const { grammar } = table;
  const width = grammar.productions.length + drawn;
  let at = 0;
  let log = 0;
  grow(grammar, place, {
    production(spot: Spot, allowed) {
      const p = probabilities(table, spot, allowed);
      const chosen = actions[at++]!;
      const rows = rowsAt(grammar, spot);
      allowed.forEach((each, k) => {
        if (each === chosen) log += Math.log(p[k]!);
        if (factor === 0) return;
        const slope = factor * ((each === chosen ? 1 : 0) - p[k]!);
        for (const row of rows) slopes[row * width + each]! += slope;
      });
      return chosen;
    },
    amount(spot, production) {
      const [mean, deviation] = gaussian(table, spot, production);
      const amount = actions[at++]!;
      const z = (amount - mean) / deviation;
      log += logDensity(amount, mean, deviation);
      if (factor === 0) return amount;
      for (const row of rowsAt(grammar, spot)) {
        slopes[row * width + width - 2]! += (factor * z) / deviation;
        slopes[row * width + width - 1]! += factor * (z * z - 1);
      }
      return amount;
    },
  });
  return log;
}
