import { bestOf, type Island, type Migration, settle } from '../core/search/archive.ts';
import type { Random } from '../core/search/random.ts';
import { better } from '../core/search/ranking.ts';
import type { Archive, Migrate } from '../core/search/roles.ts';

/** Source and target island of a migrant. */
interface Way {
  readonly from: number;
  readonly to: number;
}

/** A copy of each island's best migrates to the next island, the last one's to the first. */
export const ringMigration: Migrate = (islands, admit) =>
  travel(islands, [], admit, islands.length < 2 ? [] : ring(islands.length));

/** A copy of each island's best migrates to another island drawn at random. */
export const randomMigration: Migrate = (islands, admit, random) => {
  const count = islands.length;
  if (count < 2) return travel(islands, [], admit, []);
  const ways = islands.map((_, from) => ({ from, to: (from + 1 + random.int(count - 1)) % count }));
  return travel(islands, [], admit, ways);
};

/**
 * The weaker half of the islands, by their best, is emptied, and each restarts from a copy of the best of a
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
 * Migrates the best of each island: migrants are selected on the islands before the migration, and admitted on the
 * islands as they change. A program that the target already has does not migrate.
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
