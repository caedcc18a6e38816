import type { Bandit } from '../../core/search/roles.ts';

/**
 * A bandit that gives the arm of one operator at least a share, in [0, 1], of the evaluations, trials under way among them, as far as
 * anybody remembers: for an arm whose gains are rare and large, of which too few are seen to tell what it is worth.
 */
export function floored(bandit: Bandit, operator: string, share: number): Bandit {
  return (tallies, random) => {
    const own = tallies.find((each) => each.arm.operator === operator);
    if (!own || own.pending > 0) return bandit(tallies, random);
    const all = tallies.reduce((sum, each) => sum + each.evaluations, 0);
    return own.evaluations < share * all ? own.arm : bandit(tallies, random);
  };
}
