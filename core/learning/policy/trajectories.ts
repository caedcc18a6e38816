import type { Grammar } from './grammar.ts';
import { featuresOf } from './network.ts';
import type { Path } from './odds.ts';
import { priors, spread } from './prior.ts';
import { grow } from './walk.ts';

/** Paths side by side as a device wants them: one row for each production that was chosen. */
export interface TrajectoryBatch {
  readonly rows: number;
  /** Features of each row, feature by feature. */
  readonly features: readonly Int32Array[];
  /** Logarithm of the prior of each production, row by row; far below 0 where it is not allowed. */
  readonly priors: Float32Array;
  readonly chosen: Int32Array;
  /** What the logarithm of each row's probability counts for. */
  readonly factors: Float32Array;
  /** 1 where a number was drawn, that number, and the log deviation of the prior. */
  readonly hasAmount: Float32Array;
  readonly amounts: Float32Array;
  readonly spreads: Float32Array;
}

/** Log prior of what is not allowed. */
const never = -1e9;

/** The tape of paths, each with what its log probability counts for. */
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
