/** The range of a shaped reward and its steepness. */
export interface Shape {
  /** Scores that map to reward 0 and to `most`; `low` is below `high`. */
  readonly low: number;
  readonly high: number;
  /** Exponent; above 1, the last steps earn most. */
  readonly power: number;
  /** Maximum reward. */
  readonly most: number;
}

/**
 * ThetaEvolve's reward (Wang 2025): most ((s - low) / (high - low)) ^ power, the score clamped to [low, high]. Their values
 * for 26 circles: power 3, most 5, from 0 to 2.635.
 */
export function shaped(score: number, { low, high, power, most }: Shape): number {
  return most * Math.min(Math.max((score - low) / (high - low), 0), 1) ** power;
}
