/** Correct; accepted by a fault of the judge, which hidden cases or a second run reveal; or wrong. */
export type Correctness = 'correct' | 'flawed' | 'wrong';

/**
 * FAPO's reward (Ding 2025): 1 if correct, -1 if wrong, 1 - `penalty` if accepted but flawed (0 with the paper's penalty 1).
 * With shares a of correct and b of wrong rollouts the mean of a group is a - b: a flawed rollout has a positive advantage
 * while wrong ones outnumber correct ones, which helps at the start, and a negative one afterwards.
 */
export function flawAware(correctness: Correctness, penalty = 1): number {
  if (correctness === 'wrong') return -1;
  return correctness === 'flawed' ? 1 - penalty : 1;
}
