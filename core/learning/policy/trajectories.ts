import type { Grammar } from './grammar.ts';
import { featuresOf } from './network.ts';
import type { Path } from './odds.ts';
import { priors, spread } from './prior.ts';
import { grow } from './walk.ts';

/** Trajectories as arrays for a device: one row for each chosen production. */
export interface TrajectoryBatch {
  readonly rows: number;
  /** Features of each row, feature by feature. */
  readonly features: readonly Int32Array[];
  /** Log prior of each production, row by row; far below 0 for a production that is not allowed. */
  readonly priors: Float32Array;
  readonly chosen: Int32Array;
  /** Weight of each row's log-probability in the loss. */
  readonly factors: Float32Array;
  /** 1 for a row with a sampled constant, that constant, and the log deviation of its prior. */
  readonly hasAmount: Float32Array;
  readonly amounts: Float32Array;
  readonly spreads: Float32Array;
}

/** Log prior of a production that is not allowed. */
const never = -1e9;

/** The trajectories of some paths, each with the weight of its log-probability. */
export function trajectoryBatch(
  grammar: Grammar,
  paths: readonly (Path & { readonly factor: number })[],
): TrajectoryBatch {
  const width = grammar.productions.length;
  const features: number[][] = [[], [], [], [], []];
  const prior: Float32Array[] = [];
  const chosen: number[] = [];
  const factors: number[] = [];
  const draws: (readonly [amount: number, spread: number] | undefined)[] = [];
  for (const { place, actions, factor } of paths) {
    let at = 0;
    grow(grammar, place, {
      production(state, allowed) {
        featuresOf(state).forEach((each, f) => {
          features[f]!.push(each);
        });
        const row = new Float32Array(width).fill(never);
        priors(grammar, state, allowed).forEach((each, k) => {
          row[allowed[k]!] = Math.log(each);
        });
        prior.push(row);
        chosen.push(actions[at]!);
        factors.push(factor);
        draws.push(undefined);
        return actions[at++]!;
      },
      amount(_, production) {
        const log = Math.log(spread[grammar.productions[production]!.draws!]);
        draws[draws.length - 1] = [actions[at]!, log];
        return actions[at++]!;
      },
    });
  }
  const priorRows = new Float32Array(prior.length * width);
  prior.forEach((row, i) => {
    priorRows.set(row, i * width);
  });
  return {
    rows: prior.length,
    features: features.map((each) => Int32Array.from(each)),
    priors: priorRows,
    chosen: Int32Array.from(chosen),
    factors: Float32Array.from(factors),
    hasAmount: Float32Array.from(draws, (each) => (each ? 1 : 0)),
    amounts: Float32Array.from(draws, (each) => each?.[0] ?? 0),
    spreads: Float32Array.from(draws, (each) => each?.[1] ?? 0),
  };
}
