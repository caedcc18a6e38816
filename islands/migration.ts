import { bestOf, type Island, type Migration, settle } from '../core/search/archive.ts';
import type { Random } from '../core/search/random.ts';
import { better } from '../core/search/ranking.ts';
import type { Archive, Migrate } from '../core/search/roles.ts';

/** From which island to which. */
interface Way {
  readonly from: number;
  readonly to: number;
}

/** A copy of each island's best goes to the next island, the last one's to the first. Nobody leaves for going. */
export const ringMigration: Migrate = (islands, admit) =>
  travel(islands, [], admit, islands.length < 2 ? [] : ring(islands.length));

/** A copy of each island's best goes to another island drawn at random. Nobody leaves for going. */
export const randomMigration: Migrate = (islands, admit, random) => {
  const count = islands.length;
  if (count < 2) return travel(islands, [], admit, []);
  const ways = islands.map((_, from) => ({ from, to: (from + 1 + random.int(count - 1)) % count }));
  return travel(islands, [], admit, ways);
};

/**
 * The weaker half of the islands, by their best, is emptied, and each starts anew from a copy of the best of a
 * surviving island drawn at random (Romera-Paredes et al. 2024). No island may be empty.
 */
export const resetMigration: Migrate = (islands, admit, random) => {
  const order = byBest(islands, random);
  const survivors = order.slice(0, Math.ceil(islands.length / 2));
  const cleared = order.slice(survivors.length).sort((a, b) => a - b);
  const ways = cleared.map((to) => ({ from: random.pick(survivors), to }));
  return travel(islands, cleared, admit, ways);
};

function ring(count: number): Way[] {
  return Array.from({ length: count }, (_, from) => ({ from, to: (from + 1) % count }));
}

/** Islands by number, the one with the best program first; those with the same best in random order. */
function byBest(islands: readonly Island[], random: Random): number[] {
  return islands
    .map((island, number) => ({ number, best: bestOf(island)!, lot: random.next() }))
    .sort((a, b) => better(a.best, b.best) || a.lot - b.lot)
    .map(({ number }) => number);
}

/**
 * Sends the best of each island on its way: who is sent is decided on the islands as they were, who is let in on
 * the islands as they have become. A program that lives there already stays at home.
 */
function travel(
  islands: readonly Island[],
  cleared: readonly number[],
  admit: Archive['admit'],
  ways: readonly Way[],
): Migration {
  const now = islands.map((island, number): Island => (cleared.includes(number) ? { elites: [] } : island));
  const moves = [];
  for (const { from, to } of ways) {
    const elite = bestOf(islands[from]!);
    const target = now[to]!;
    if (!elite || target.elites.some((each) => each.elite.id === elite.id)) continue;
    const admission = admit(target, elite);
    now[to] = settle(target, elite, admission);
    moves.push({ program: elite.id, from, to, admission });
  }
  return { cleared, moves };
}
