import type { Random } from '../../search/random.ts';

/** What a change to a line does to the program: it gets worse or fails, it stays as it is, it gets better. */
export type Effect = 'breaks' | 'keeps' | 'helps';

/** The effect of a change after which the program scores `changed`, undefined where it fails. */
export function effectOf(score: number, changed: number | undefined, tolerance = 0): Effect {
  if (changed === undefined || changed < score - tolerance) return 'breaks';
  return changed > score + tolerance ? 'helps' : 'keeps';
}

/**
 * Credit of each line by what changes to it did (PRLCoder, Ye 2025, who train a model to tell): the share of changes
 * that broke the program less the share that helped, in [-1, 1]; a line that matters has 1, one that is in the way -1,
 * one that may be as it likes, or was not tried, 0.
 */
export function lineCredit(effects: readonly (readonly Effect[])[]): number[] {
  const worth = { breaks: 1, keeps: 0, helps: -1 } as const;
  return effects.map((line) => line.reduce((sum, each) => sum + worth[each], 0) / Math.max(1, line.length));
}

/** The lines to try where there is no budget for all: `count` of `lines` different ones, each as likely, in order. */
export function linesToTry(lines: number, count: number, random: Random): number[] {
  const left = Array.from({ length: lines }, (_, i) => i);
  const taken: number[] = [];
  while (taken.length < count && left.length > 0) taken.push(...left.splice(random.int(left.length), 1));
  return taken.sort((a, b) => a - b);
}

/**
 * Advantages of tokens from that of their rollout and the credit of their lines: A + `weight` credit. `lineOf` says
 * for each token which line it is on, from 0.
 */
export function withLines(
  advantage: number,
  credit: readonly number[],
  lineOf: readonly number[],
  weight: number,
): number[] {
  return lineOf.map((line) => advantage + weight * (credit[line] ?? 0));
}
