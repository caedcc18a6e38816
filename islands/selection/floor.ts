import type { Bandit } from '../../core/search/roles.ts';

/**
 * A bandit that gives the arm of one operator at least a share, in [0, 1], of the discounted evaluations, running
 * trials included: for an arm whose gains are rare and large, too few to estimate its rate.
 */
export function floored(bandit: Bandit, operator: string, share: number): Bandit {
  return (tallies, random) => {
    const own = tallies.find((each) => each.arm.operator === operator);
    if (!own || own.pending > 0) return bandit(tallies, random);
    const all = tallies.reduce((sum, each) => sum + each.evaluations, 0);
    return own.evaluations < share * all ? own.arm : bandit(tallies, random);
  };
}
