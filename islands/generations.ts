import type { Island, Resident } from '../core/search/archive.ts';
import { isSeed } from '../core/search/program.ts';
import type { Archive } from '../core/search/roles.ts';
import { oldest } from './baselines.ts';
import type { Sampler } from './parents.ts';

/**
 * Generations of `capacity` (1 or more) programs, each of which replaces the previous one (Koza 1992). Parents are
 * drawn from the last complete generation while the next fills up, and each birth removes one program of the one
 * before. Seeds are generation 0, which is complete at any size. The cell of a resident is its generation's number.
 */
export function generationArchive(makings: { capacity: number; sample: Sampler }): Archive {
  const { capacity: size, sample } = makings;
  return {
    sample: (island, count, random) => sample(breeding(island, size), count, random),
    breeders: (island) => breeding(island, size).length,
    admit(island, { id }) {
      const newest = newestOf(island);
      const full = newest === 0 ? !isSeed(id) : generation(island, newest).length >= size;
      const born = full ? newest + 1 : newest;
      const past = island.elites.filter((each) => numberOf(each) < born - 1);
      return {
        admitted: true,
        cell: String(born),
        removes: past.length > 0 ? [oldest(past).id] : [],
      };
    },
  };
}

/** The last complete generation; the growing one where there is no other. */
function breeding(island: Island, size: number): Resident[] {
  const newest = newestOf(island);
  const last = generation(island, newest);
  const before = newest === 0 || last.length >= size ? [] : generation(island, newest - 1);
  return before.length > 0 ? before : last;
}

function generation({ elites }: Island, number: number): Resident[] {
  return elites.filter((each) => numberOf(each) === number);
}

function newestOf({ elites }: Island): number {
  return elites.reduce((newest, each) => Math.max(newest, numberOf(each)), 0);
}

function numberOf({ cell }: Resident): number {
  return Number(cell ?? 0);
}
