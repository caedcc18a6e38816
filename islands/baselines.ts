import type { Island } from '../core/search/archive.ts';
import { age, type Elite, isSeed } from '../core/search/program.ts';
import { beats } from '../core/search/ranking.ts';
import type { Archive } from '../core/search/roles.ts';
import type { Sampler } from './parents.ts';

/** Keeps only the seeds, so that each child is an independent sample: best-of-N. */
export function seedArchive({ sample }: { sample: Sampler }): Archive {
  return {
    sample: ({ elites }, count, random) => sample(elites, count, random),
    admit: (_, { id }) => (isSeed(id) ? { admitted: true, removes: [] } : { admitted: false }),
  };
}

/** Keeps only the latest program, whatever its score: sequential refinement. */
export function latestArchive({ sample }: { sample: Sampler }): Archive {
  return recentArchive({ capacity: 1, sample });
}

/** Keeps the last `capacity` (1 or more) programs, whatever their scores: no selection. */
export function recentArchive({ capacity, sample }: { capacity: number; sample: Sampler }): Archive {
  return {
    sample: ({ elites }, count, random) => sample(elites, count, random),
    admit({ elites }) {
      return { admitted: true, removes: elites.length < capacity ? [] : [oldest(elites).id] };
    },
  };
}

/**
 * Keeps one program, replaced by a child that scores no lower, so that it also drifts among equals: (1+1)
 * hill climbing (Droste, Jansen and Wegener 2002).
 */
export function singleArchive({ sample }: { sample: Sampler }): Archive {
  return {
    sample: ({ elites }, count, random) => sample(elites, count, random),
    admit({ elites: [resident] }, newcomer) {
      if (!resident) return { admitted: true, removes: [] };
      const { elite } = resident;
      return beats(elite, newcomer) ? { admitted: false } : { admitted: true, removes: [elite.id] };
    },
  };
}

/** The oldest of one or more residents. */
export function oldest(residents: Island['elites']): Elite {
  return residents.map(({ elite }) => elite).reduce((a, b) => (age(b.id) < age(a.id) ? b : a));
}
