import type { Random } from '../../search/random.ts';

/** The effect of a change to a line: the program gets worse or fails, its score stays the same, or it gets better. */
export type Effect = 'breaks' | 'keeps' | 'helps';

/** The effect of a change after which the program scores `changed`, undefined where it fails. */
export function effectOf(score: number, changed: number | undefined, tolerance = 0): Effect {
  if (changed === undefined || changed < score - tolerance) return 'breaks';
  return changed > score + tolerance ? 'helps' : 'keeps';
}

/**
 * Credit of each line by the effects of changes to it (PRLCoder, Ye 2025, who train a model to predict them): the share of
 * changes that broke the program minus the share that helped, in [-1, 1]. An essential line has 1, a harmful one -1, an
 * irrelevant or untested one 0.
 */
export function lineCredit(effects: readonly (readonly Effect[])[]): number[] {
  const credits = { breaks: 1, keeps: 0, helps: -1 } as const;
  return effects.map((line) => line.reduce((sum, each) => sum + credits[each], 0) / Math.max(1, line.length));
}

/** `count` distinct lines out of `lines`, uniformly drawn and in ascending order, for a budget too small to test all. */
export function linesToTry(lines: number, count: number, random: Random): number[] {
  const left = Array.from({ length: lines }, (_, i) => i);
  const taken: number[] = [];
  while (taken.length < count && left.length > 0) taken.push(...left.splice(random.int(left.length), 1));
  return taken.sort((a, b) => a - b);
}

/**
 * Advantages of tokens from the advantage of their rollout and the credit of their lines: A + `weight` credit. `lineOf`
 * holds the line of each token, from 0.
 */
export function withLines(
  advantage: number,
  credit: readonly number[],
  lineOf: readonly number[],
  weight: number,
): number[] {
  return lineOf.map((line) => advantage + weight * (credit[line] ?? 0));
}
