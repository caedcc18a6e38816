import { type Case, type Use, uses } from '../core/search/problem.ts';
import { type Random, random } from '../core/search/random.ts';

/**
 * Cases drawn from one distribution, `count[use]` of each use. Every case has a stream of its own, keyed by the
 * name, the use and its number, so that no two share draws and adding cases changes none of the others.
 */
export function splits<I>(
  name: string,
  count: Readonly<Partial<Record<Use, number>>>,
  draw: (random: Random, use: Use) => I,
): Case<I>[] {
  return uses.flatMap((use) =>
    Array.from({ length: count[use] ?? 0 }, (_, k) => ({
      id: `${use}-${k + 1}`,
      use,
      input: draw(random(name, use, k + 1), use),
    })),
  );
}
