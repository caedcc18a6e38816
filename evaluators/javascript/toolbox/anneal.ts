import type { Random } from './random.ts';

/** What simulated annealing works on. States are any values that `neighbour` does not change in place. */
export interface Annealing<S> {
  readonly start: S;
  /** What is to become small. */
  energy(state: S): number;
  /** Another state near one; `share` of the steps are over, from 0 to 1. */
  neighbour(state: S, random: Random, share: number): S;
  readonly steps: number;
  /** Temperature of the first step, in units of the energy. */
  readonly hot: number;
  /** Temperature of the last. */
  readonly cold: number;
  readonly random: Random;
}

/** The best state met by simulated annealing (Kirkpatrick 1983): the temperature falls by the same factor each step. */
export function anneal<S>(task: Annealing<S>): { readonly best: S; readonly energy: number } {
  const { steps, hot, cold, random } = task;
  let state = task.start;
  let energy = task.energy(state);
  let best = state;
  let least = energy;
  for (let step = 0; step < steps; step++) {
    const share = step / steps;
    const other = task.neighbour(state, random, share);
    const cost = task.energy(other);
    const temperature = hot * (cold / hot) ** share;
    if (!(cost <= energy || random.next() < Math.exp((energy - cost) / temperature))) continue;
    state = other;
    energy = cost;
    if (!(energy < least)) continue;
    best = state;
    least = energy;
  }
  return { best, energy: least };
}
