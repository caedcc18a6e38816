import { random } from '../../core/search/random.ts';
import type { Bandit, Tally } from '../../core/search/roles.ts';
import { begin, emptyTally, tally } from '../../core/search/tally.ts';

/** A simulated arm: what a trial of it costs, and what it gains. */
export interface Arm {
  /** Chance that a trial gains. */
  readonly odds: number;
  /** Evaluations a trial uses. */
  readonly price: number;
  /** Dollars a trial costs; none by default. */
  readonly dollars?: number;
  /** What it gains then, in [0, 1]; 1 by default. */
  readonly gain?: number;
}

/** A simulated task for a bandit: which arms it has at each trial. */
export interface Scenario {
  readonly name: string;
  readonly trials: number;
  /** Trials, from the first, that are not counted in the shares. */
  readonly skip?: number;
  /** Trials over which a gain is discounted; 400 by default. */
  readonly memory?: number;
  arms(trial: number): readonly Arm[];
}

/** The result of the trials of a scenario. */
export interface Played {
  /** Share of the counted trials that each arm got. */
  readonly shares: readonly number[];
  /** Gain over the counted trials, as a share of what their evaluations would gain on the best arm alone. */
  readonly earned: number;
}

/** Plays a scenario with eight trials in flight at a time, settled in order. */
export function play(bandit: Bandit, scenario: Scenario, seed: number): Played {
  const { trials, skip = 0, memory = 400, arms } = scenario;
  const inFlight = 8;
  const pulls = arms(1).map(() => 0);
  const queue: { trial: number; arm: number }[] = [];
  let tallies: readonly Tally[] = pulls.map((_, i) => ({
    arm: { operator: String(i) },
    ...emptyTally,
  }));
  let [gained, possible] = [0, 0];
  for (let trial = 1; trial <= trials; trial++) {
    const arm = bandit(tallies, random(seed, trial, 'begin'));
    tallies = begin(tallies, arm);
    queue.push({ trial, arm: Number(arm.operator) });
    if (queue.length < inFlight) continue;
    const done = queue.shift()!;
    const choices = arms(done.trial);
    const { odds, price, gain = 1, dollars = 0 } = choices[done.arm]!;
    const earned = random(seed, done.trial, 'luck').next() < odds ? gain : 0;
    tallies = tally(
      tallies,
      { arm: { operator: String(done.arm) }, gain: earned, evaluations: price, dollars, seconds: 0 },
      memory,
    );
    if (done.trial <= skip) continue;
    pulls[done.arm]! += 1;
    gained += earned;
    possible +=
      price * Math.max(...choices.map((each) => (each.odds * (each.gain ?? 1)) / Math.max(each.price, 1)));
  }
  const counted = pulls.reduce((sum, each) => sum + each, 0);
  return { shares: pulls.map((each) => each / counted), earned: gained / possible };
}

/** Means of `play` over seeds 1 to `seeds`. */
export function average(bandit: Bandit, scenario: Scenario, seeds: number): Played {
  const played = Array.from({ length: seeds }, (_, i) => play(bandit, scenario, i + 1));
  const mean = (of: (each: Played) => number): number =>
    played.reduce((sum, each) => sum + of(each), 0) / seeds;
  return {
    shares: played[0]!.shares.map((_, arm) => mean((each) => each.shares[arm]!)),
    earned: mean((each) => each.earned),
  };
}

const even = (...odds: number[]): readonly Arm[] => odds.map((each) => ({ odds: each, price: 1 }));

/** Scenarios in which a bandit must do well. */
export const scenarios = {
  clear: { name: 'odds .1 .3 .6', trials: 200, arms: () => even(0.1, 0.3, 0.6) },
  swapped: {
    name: 'the same, .6 .3 .1 from 201 on, trials 301-600',
    trials: 600,
    skip: 300,
    arms: (trial) => (trial <= 200 ? even(0.1, 0.3, 0.6) : even(0.6, 0.3, 0.1)),
  },
  rare: { name: 'odds .005 .01 .03', trials: 2000, arms: () => even(0.005, 0.01, 0.03) },
  cheap: {
    name: 'odds .1 .3 .6 at price 10, never at price 1',
    trials: 500,
    arms: () => [...[0.1, 0.3, 0.6].map((odds) => ({ odds, price: 10 })), { odds: 0, price: 1 }],
  },
  // As of models: ShinkaEvolve's bandit gives the fourth arm 64 % of 150 picks.
  frugal: {
    name: 'odds .1 .3 .6 at $.10, never at $.01, memory 150',
    trials: 150,
    memory: 150,
    arms: () => [
      ...even(0.1, 0.3, 0.6).map((each) => ({ ...each, dollars: 0.1 })),
      { odds: 0, price: 1, dollars: 0.01 },
    ],
  },
  thrifty: {
    name: 'odds .2 at $.10, .2 at $.02, memory 150',
    trials: 1000,
    memory: 150,
    arms: () => [0.1, 0.02].map((dollars) => ({ odds: 0.2, price: 1, dollars })),
  },
  mixed: {
    name: 'no model .05 at $0, model .3 at $.05, memory 150',
    trials: 300,
    memory: 150,
    arms: () => [
      { odds: 0.05, price: 1 },
      { odds: 0.3, price: 1, dollars: 0.05 },
    ],
  },
  small: {
    name: 'odds .02 .05 .1, each gain .3',
    trials: 1000,
    arms: () => [0.02, 0.05, 0.1].map((odds) => ({ odds, price: 1, gain: 0.3 })),
  },
  dear: {
    name: 'tuner .6 at price 61, others .01 .03 at price 1',
    trials: 1000,
    arms: () => [{ odds: 0.6, price: 61 }, ...even(0.01, 0.03)],
  },
  worthy: {
    name: 'tuner .9 at price 31, others .002 .005 at price 1',
    trials: 1000,
    arms: () => [{ odds: 0.9, price: 31 }, ...even(0.002, 0.005)],
  },
  duplicates: {
    name: 'odds 0 at price 0 (all duplicates), .02 at price 1',
    trials: 1000,
    arms: () => [{ odds: 0, price: 0 }, ...even(0.02)],
  },
  many: {
    name: 'twelve arms, one .05, the rest .01',
    trials: 2000,
    arms: () => even(0.05, ...Array<number>(11).fill(0.01)),
  },
} as const satisfies Record<string, Scenario>;
