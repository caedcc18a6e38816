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
  return {
    sample: ({ elites }, count, random) => sample(elites, count, random),
    admit({ elites }) {
      const before = elites[0]?.elite.id;
      return { admitted: true, ...(before === undefined ? {} : { evicts: before }) };
    },
  };
}
