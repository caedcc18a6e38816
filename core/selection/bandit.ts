import type { Random } from '../random.ts';
import type { Bandit, Tally } from '../roles.ts';
import { gamma } from './gamma.ts';

/*
 * What is maximised is gain per evaluation, so that an arm that tunes with 60 evaluations a trial must earn 60
 * times as much. Gains are rare, and how well a rate is known depends on how many gains were seen; so both policies
 * take the sum of gains for the count of a Poisson process whose clock is the evaluations.
 */

/** What a trial costs besides its evaluations, in evaluations: an arm that only makes twins is not free. */
const overhead = 0.5;

/**
 * Optimism: the arm with the highest rate of gain that its record leaves plausible, an upper confidence bound from
 * the Kullback-Leibler divergence (Garivier and Cappé 2011) for Poisson rates. `exploration`, above 0, weighs the
 * bound as it would weigh the bonus of UCB1 (Auer, Cesa-Bianchi and Fischer 2002). It needs no scale: were all
 * gains half as frequent, arms would be told apart by twice the trials and nothing else would change.
 */
export function ucb(exploration: number): Bandit {
  return (tallies, random) => {
    const price = meanPrice(tallies);
    const total = tallies.reduce((sum, each) => sum + tries(each), 0);
    const evidence = exploration ** 2 * Math.log(2 + total);
    return highest(tallies, random, (each) => {
      if (tries(each) === 0) return Number.POSITIVE_INFINITY;
      return upper(each.gain, evidence) / exposure(each, price);
    });
  };
}

/**
 * Probability matching (Thompson 1933): a draw from each arm's gamma posterior of its rate of gain, the highest
 * wins. The prior has the shape of Jeffreys, 1/2, and the mean of all arms together.
 */
export function thompson(): Bandit {
  return (tallies, random) => {
    const price = meanPrice(tallies);
    const gain = tallies.reduce((sum, each) => sum + each.gain, 1);
    const spent = tallies.reduce((sum, each) => sum + exposure(each, price), price);
    const shape = 0.5;
    return highest(
      tallies,
      random,
      (each) => gamma(shape + each.gain, random) / ((shape * spent) / gain + exposure(each, price)),
    );
  };
}

/** Every arm alike: the yardstick. */
export function uniform(): Bandit {
  return (tallies, random) => random.pick(tallies).arm;
}

/** Trials of an arm, those under way among them. */
function tries({ pulls, pending }: Tally): number {
  return pulls + pending;
}

/** Evaluations an arm has had to earn in; trials under way count as if they had come to nothing. */
function exposure({ pulls, evaluations, pending }: Tally, price: number): number {
  const spent = evaluations + overhead * pulls;
  return spent + pending * (pulls > 0 ? spent / pulls : price);
}

/** Evaluations of a trial over all arms: the guess for an arm without a record. */
function meanPrice(tallies: readonly Tally[]): number {
  const pulls = tallies.reduce((sum, each) => sum + each.pulls, 0);
  const evaluations = tallies.reduce((sum, each) => sum + each.evaluations, 0);
  return pulls > 0 ? evaluations / pulls + overhead : 1;
}

/** The largest Poisson mean under which `count` is no bigger surprise than `evidence` nats. */
function upper(count: number, evidence: number): number {
  if (count <= 0) return evidence;
  const surprise = evidence / count;
  // Newton from above on the convex x - ln(1 + x) = surprise; four steps give 13 digits.
  let x = surprise + Math.sqrt(2 * surprise);
  for (let i = 0; i < 4; i++) x -= ((x - Math.log1p(x) - surprise) * (1 + x)) / x;
  return count * (1 + x);
}

/** The arm with the highest value; equals share the chance. */
function highest(tallies: readonly Tally[], random: Random, value: (tally: Tally) => number): string {
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
