/** Where rewards start and end, and how steep they rise. */
export interface Shape {
  /** Scores that are worth nothing and all, `low` below `high`. */
  readonly low: number;
  readonly high: number;
  /** Above 1, the last steps count most. */
  readonly power: number;
  /** What all is. */
  readonly most: number;
}

/**
 * ThetaEvolve's reward (Wang 2025): most ((s - low) / (high - low)) ^ power, a score outside taken for the end that it
 * is beyond. Theirs for 26 circles: power 3, most 5, from 0 to 2.635.
 */
export function shaped(score: number, { low, high, power, most }: Shape): number {
  return most * Math.min(Math.max((score - low) / (high - low), 0), 1) ** power;
}
