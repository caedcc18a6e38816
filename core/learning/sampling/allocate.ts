/** Which problems get more rollouts: an equal gradient weight for each, or more for harder ones. */
export type Schedule = 'equal' | 'hard';

/**
 * The number of further rollouts of a problem after `tried` of them, a share `accuracy` of which succeeded (DARS, Yang 2025).
 * The weight of a group in the gradient is its sum of |advantages| per rollout, S = 2a (1 - a), which is largest at a = 1/2.
 * `equal` raises the sum to tried / 2: ceil((tried / 2 - tried S) / S); `hard` raises it to (1 - a) tried. None from
 * a = 1/2 on; no success counts as half a success; never beyond `most` rollouts in total (32 for `equal` and 64 for `hard`
 * in the authors' code).
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

/** The probability of each parent for the next proposal, in proportion to its missing rollouts. */
export function allocation(
  parents: readonly { readonly accuracy: number; readonly tried: number }[],
  schedule: Schedule,
): number[] {
  const owed = parents.map(({ accuracy, tried }) => moreRollouts(accuracy, tried, schedule));
  const sum = owed.reduce((total, each) => total + each, 0);
  return owed.map((each) => (sum > 0 ? each / sum : 1 / owed.length));
}
