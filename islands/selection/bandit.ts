import type { Arm } from '../../core/search/arm.ts';
import { gamma } from '../../core/search/gamma.ts';
import type { Random } from '../../core/search/random.ts';
import type { Bandit, Tally } from '../../core/search/roles.ts';

/*
 * The objective is gain per cost. An evaluation costs 1, so that an arm that tunes with 60 of them must gain 60 times
 * as much; money or time may count too. Gains are rare, and the precision of a rate depends on the number of gains
 * seen; so both policies model the sum of gains as the count of a Poisson process whose clock is the cost.
 */

/** A cost besides evaluations. */
export interface Price {
  readonly per: 'evaluation' | 'dollar' | 'second';
  /** Its share of the cost, in [0, 1): an arm that is free costs at least 1 - `thrift` of its evaluations. */
  readonly thrift: number;
}

/** Evaluations alone. */
const plainPrice: Price = { per: 'evaluation', thrift: 0 };

/** Cost of a trial besides its evaluations, in evaluations: an arm that only makes duplicates is not free. */
const overhead = 0.5;

/**
 * Optimism: the arm with the highest upper confidence bound of its rate of gain, from the Kullback-Leibler divergence
 * for Poisson rates (Garivier and Cappé 2011). `exploration`, above 0, weighs the bound as it would weigh the bonus of
 * UCB1 (Auer, Cesa-Bianchi and Fischer 2002). Scale-free: if all gains were half as frequent, telling arms apart would
 * take twice the trials and nothing else would change.
 */
export function ucb(exploration: number, price: Price = plainPrice): Bandit {
  return (tallies, random) => {
    const cost = costsOf(tallies, price);
    const total = tallies.reduce((sum, each) => sum + tries(each), 0);
    const evidence = exploration ** 2 * Math.log(2 + total);
    return highest(tallies, random, (each) => {
      if (tries(each) === 0) return Number.POSITIVE_INFINITY;
      return upper(each.gain, evidence) / cost(each);
    });
  };
}

/**
 * Probability matching (Thompson 1933): samples each arm's gamma posterior of its rate of gain and chooses the
 * highest. The prior has Jeffreys' shape, 1/2, and the mean of all arms together.
 */
export function thompson(price: Price = plainPrice): Bandit {
  return (tallies, random) => {
    const cost = costsOf(tallies, price);
    const gain = tallies.reduce((sum, each) => sum + each.gain, 1);
    const spent = tallies.reduce((sum, each) => sum + cost(each), 1);
    const shape = 0.5;
    return highest(
      tallies,
      random,
      (each) => gamma(shape + each.gain, random) / ((shape * spent) / gain + cost(each)),
    );
  };
}

/** Chooses arms uniformly: the baseline. */
export function uniform(): Bandit {
  return (tallies, random) => random.pick(tallies).arm;
}

/**
 * Fixed probabilities, whatever the gains: percentages of trials for arms by their operator; the other arms share the rest of
 * 100 equally. Where only some of the arms can be chosen, their relative odds are kept.
 */
export function fixed(percent: ReadonlyMap<string, number>): Bandit {
  const left = 100 - [...percent.values()].reduce((sum, each) => sum + each, 0);
  return (tallies, random) => {
    const others = tallies.filter(({ arm }) => !percent.has(arm.operator)).length;
    const odds = tallies.map(({ arm }) => percent.get(arm.operator) ?? Math.max(left, 0) / others);
    return odds.some((each) => each > 0) ? tallies[random.weighted(odds)]!.arm : random.pick(tallies).arm;
  };
}

/** Trials of an arm, running ones included. */
function tries({ pulls, pending }: Tally): number {
  return pulls + pending;
}

/**
 * The cost of each arm so far. Prices are in units of a typical trial of the arms that have one, so that only their
 * ratios matter, not the currency. Running trials count as if they gained nothing, at the arm's mean cost, or at the
 * mean of all for an arm without settled trials.
 */
function costsOf(tallies: readonly Tally[], { per, thrift }: Price): (tally: Tally) => number {
  const expense = ({ dollars, seconds }: Tally): number =>
    per === 'dollar' ? dollars : per === 'second' ? seconds : 0;
  const priced = tallies.filter((each) => expense(each) > 0);
  const typical = priced.reduce((sum, each) => sum + expense(each) / each.pulls, 0) / priced.length;
  const share = priced.length > 0 ? thrift : 0;
  const past = (each: Tally): number => {
    const effort = each.evaluations + overhead * each.pulls;
    return (1 - share) * effort + (share > 0 ? (share * expense(each)) / typical : 0);
  };
  const pulls = tallies.reduce((sum, each) => sum + each.pulls, 0);
  const mean = pulls > 0 ? tallies.reduce((sum, each) => sum + past(each), 0) / pulls : 1;
  return (each) => past(each) + each.pending * (each.pulls > 0 ? past(each) / each.pulls : mean);
}

/** The largest Poisson mean whose divergence from `count` is at most `evidence` nats. */
function upper(count: number, evidence: number): number {
  if (count <= 0) return evidence;
  const surprise = evidence / count;
  // Newton from above on the convex x - ln(1 + x) = surprise; four steps give 13 digits.
  let x = surprise + Math.sqrt(2 * surprise);
  for (let i = 0; i < 4; i++) x -= ((x - Math.log1p(x) - surprise) * (1 + x)) / x;
  return count * (1 + x);
}

/** The arm with the highest value; ties are broken at random. */
function highest(tallies: readonly Tally[], random: Random, value: (tally: Tally) => number): Arm {
  let chosen = tallies[0]!;
  let most = Number.NEGATIVE_INFINITY;
  let equals = 0;
  for (const each of tallies) {
    const its = value(each);
    if (its > most) equals = 0;
    if (its < most) continue;
    most = its;
    equals += 1;
    if (random.int(equals) === 0) chosen = each;
  }
  return chosen.arm;
}
