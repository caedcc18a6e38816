import type { Elite } from '../core/search/program.ts';
import { better } from '../core/search/ranking.ts';
import type { Archive } from '../core/search/roles.ts';
import type { Sampler } from './parents.ts';
import { sameBehaviour } from './top.ts';

/**
 * Keeps up to `capacity` (1 or more) programs of an island, and first those that no smaller one equals in score: size
 * pressure without a price on size, by the front of score and size (Smits and Kotanchek 2005). What is left of the
 * capacity goes to the best of the rest. One behaviour is kept once, in its best form.
 */
export function parsimonyArchive({ capacity, sample }: { capacity: number; sample: Sampler }): Archive {
  return {
    sample: ({ elites }, count, random) => sample(elites, count, random),
    admit({ elites }, newcomer) {
      const all = elites.map(({ elite }) => elite);
      const alike = all.find((each) => sameBehaviour(each, newcomer));
      if (alike)
        return better(newcomer, alike) < 0 ? { admitted: true, removes: [alike.id] } : { admitted: false };
      if (all.length < capacity) return { admitted: true, removes: [] };
      const leaves = worst([...all, newcomer].sort(better));
      return leaves === newcomer ? { admitted: false } : { admitted: true, removes: [leaves.id] };
    },
  };
}

/** Who goes first: the worst of those that a smaller and no worse one makes needless, else the worst of all. */
function worst(bestFirst: readonly Elite[]): Elite {
  let needless: Elite | undefined;
  let smallest = Number.POSITIVE_INFINITY;
  for (const each of bestFirst) {
    if (each.size >= smallest) needless = each;
    smallest = Math.min(smallest, each.size);
  }
  return needless ?? bestFirst.at(-1)!;
}
