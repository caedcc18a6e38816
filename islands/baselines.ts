import type { Island } from '../core/archive.ts';
import { age, type Elite } from '../core/program.ts';
import type { Archive } from '../core/roles.ts';
import type { Sampler } from './parents.ts';

/** Only seeds live here, so that each child is an independent sample: best-of-N. */
export function seedArchive(sample: Sampler): Archive {
  return {
    sample: ({ elites }, count, random) => sample(elites, count, random),
    admit: (_, { arm }) => ({ admitted: arm === 'seed' }),
  };
}

/** Only the latest lives here, whatever it scores: sequential refinement. */
export function latestArchive(sample: Sampler): Archive {
  return recentArchive({ capacity: 1, sample });
}

/** The last `capacity` (1 or more) live here, whatever they score: nothing is selected. */
export function recentArchive({ capacity, sample }: { capacity: number; sample: Sampler }): Archive {
  return {
    sample: ({ elites }, count, random) => sample(elites, count, random),
    admit({ elites }) {
      if (elites.length < capacity) return { admitted: true };
      return { admitted: true, evicts: oldest(elites).id };
    },
  };
}

/**
 * One lives here, and gives way to a newcomer that scores no lower, so that it also drifts among equals: the (1+1) of
 * hill climbing (Droste, Jansen and Wegener 2002).
 */
export function singleArchive(sample: Sampler): Archive {
  return {
    sample: ({ elites }, count, random) => sample(elites, count, random),
    admit({ elites: [resident] }, newcomer) {
      if (!resident) return { admitted: true };
      const { id, outcome } = resident.elite;
      return newcomer.outcome.score >= outcome.score ? { admitted: true, evicts: id } : { admitted: false };
    },
  };
}

/** The oldest of residents, of whom there is at least one. */
export function oldest(residents: Island['elites']): Elite {
  return residents.map(({ elite }) => elite).reduce((a, b) => (age(b.id) < age(a.id) ? b : a));
}
