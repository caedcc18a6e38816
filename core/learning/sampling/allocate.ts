/** Which problems get more rollouts: as much learning from each, or more from the harder ones. */
export type Schedule = 'equal' | 'hard';

/**
 * How many more rollouts a problem gets after `tried` of them, a share `accuracy` of which did well (DARS, Yang 2025).
 * The pull of a group on the policy is its sum of |advantages| per rollout, S = 2a (1 - a): largest for problems that are
 * half solved. `equal` tops the others up to tried / 2 in sum: ceil((tried / 2 - tried S) / S); `hard` to (1 - a) tried,
 * which is more for the harder ones. Nothing more from 1/2 on; no success counts as half a one; never beyond `most`
 * rollouts in all (32 for `equal` and 64 for `hard` in the authors' program).
 */
export function moreRollouts(
  accuracy: number,
  tried: number,
  schedule: Schedule,
  most = schedule === 'equal' ? 32 : 64,
): number {
  if (accuracy >= 0.5) return 0;
  const a = accuracy > 0 ? accuracy : 0.5 / tried;
  const pull = 2 * a * (1 - a);
  const aim = (schedule === 'equal' ? 1 : 2 * (1 - a)) * 0.5 * tried;
  return Math.max(0, Math.min(Math.ceil((aim - tried * pull) / pull), most - tried));
}

/** Odds with which a next proposal goes to each parent: in proportion to the rollouts that are still owed to it. */
export function allocation(
  parents: readonly { readonly accuracy: number; readonly tried: number }[],
  schedule: Schedule,
): number[] {
  const owed = parents.map(({ accuracy, tried }) => moreRollouts(accuracy, tried, schedule));
  const sum = owed.reduce((total, each) => total + each, 0);
  return owed.map((each) => (sum > 0 ? each / sum : 1 / owed.length));
}
