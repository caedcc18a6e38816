/** Correct; correct by a fault of the judge, which hidden cases or a second run show; or wrong. */
export type Correctness = 'correct' | 'flawed' | 'wrong';

/**
 * FAPO's reward (Ding 2025): 1 if correct, else -1, less `penalty` if correct but flawed, 1 in the paper, so 0. With
 * a share a of correct and b of wrong rollouts the mean of a group is a - b: a flawed rollout is an advantage while
 * wrong ones outnumber correct ones, as a way to get going, and a disadvantage from then on.
 */
export function flawAware(correctness: Correctness, penalty = 1): number {
  if (correctness === 'wrong') return -1;
  return correctness === 'flawed' ? 1 - penalty : 1;
}
