import type { Elite } from '../core/search/program.ts';
import { better } from '../core/search/ranking.ts';
import type { Archive } from '../core/search/roles.ts';
import type { Sampler } from './parents.ts';

/**
 * Keeps the best `capacity` (1 or more) of an island, and of those with the same score on every case only the best
 * one: else neutral variants of one behaviour would fill it (Romera-Paredes et al. 2024 cluster by that signature).
 */
export function topArchive({ capacity, sample }: { capacity: number; sample: Sampler }): Archive {
  return {
    sample: ({ elites }, count, random) => sample(elites, count, random),
    admit({ elites }, newcomer) {
      const alike = elites.find(({ elite }) => sameBehaviour(elite, newcomer));
      const rival = alike ?? (elites.length < capacity ? undefined : elites.at(-1));
      if (!rival) return { admitted: true, removes: [] };
      return better(newcomer, rival.elite) < 0
        ? { admitted: true, removes: [rival.elite.id] }
        : { admitted: false };
    },
  };
}

/** Whether two programs have the same score on every case. */
export function sameBehaviour({ outcome: a }: Elite, { outcome: b }: Elite): boolean {
  return (
    a.score === b.score &&
    a.verdicts.length === b.verdicts.length &&
    a.verdicts.every((verdict, i) => {
      const other = b.verdicts[i]!;
      return 'score' in verdict && 'score' in other && verdict.score === other.score;
    })
  );
}
