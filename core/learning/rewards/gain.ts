/**
 * The gain of a child over its parent, in [-1, 1]: d / (|d| + spread), with d the difference of their scores and `spread`,
 * at least 0, the size of a large difference, such as the best score of an island minus its median. Independent of unit and
 * origin of the score. 0 for equal scores; -1 or 1 where the spread is 0.
 */
export function gainOver(child: number, parent: number, spread: number): number {
  // Halved, so that scores at both ends of the number range do not overflow.
  const half = child / 2 - parent / 2;
  return half === 0 ? 0 : half / (Math.abs(half) + spread / 2);
}

/** The gain mapped to a value in [0, 1] for `tieredReward`: 1/2 for a child as good as its parent. */
export function gainValue(child: number, parent: number, spread: number): number {
  return (1 + gainOver(child, parent, spread)) / 2;
}
