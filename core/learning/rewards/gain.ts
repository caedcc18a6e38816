/**
 * How far a child came from its parent, in [-1, 1]: d / (|d| + spread), d being the difference of their scores and
 * `spread`, at least 0, what counts for a large one, say the best of an island less its median. It knows neither unit
 * nor origin of the score. 0 where nothing changed; -1 or 1 where there is no spread.
 */
export function gainOver(child: number, parent: number, spread: number): number {
  // Halves, so that scores at both ends of the number range do not overflow.
  const half = child / 2 - parent / 2;
  return half === 0 ? 0 : half / (Math.abs(half) + spread / 2);
}

/** The same as a worth in [0, 1] for `ladder`: 1/2 for a child as good as its parent. */
export function gainValue(child: number, parent: number, spread: number): number {
  return (1 + gainOver(child, parent, spread)) / 2;
}
