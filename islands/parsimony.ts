import type { Elite } from '../core/search/program.ts';
import { better } from '../core/search/ranking.ts';
import type { Archive } from '../core/search/roles.ts';
import type { Sampler } from './parents.ts';
import { sameBehaviour } from './top.ts';

/**
 * Keeps up to `capacity` (1 or more) programs of an island, first those on the Pareto front of score and size:
 * parsimony pressure without a penalty on size (Smits and Kotanchek 2005). The remaining capacity goes to the best of
 * the rest. Of programs with equal scores on every case only the best is kept.
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

/** The program to remove: the worst of those dominated by a smaller one, else the worst of all. */
function worst(bestFirst: readonly Elite[]): Elite {
  let needless: Elite | undefined;
  let smallest = Number.POSITIVE_INFINITY;
  for (const each of bestFirst) {
    if (each.size >= smallest) needless = each;
    smallest = Math.min(smallest, each.size);
  }
  return needless ?? bestFirst.at(-1)!;
}
