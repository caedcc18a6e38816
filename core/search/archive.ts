import type { Elite, ProgramId } from './program.ts';
import { better, lead } from './ranking.ts';

/**
 * One population and what sampling needs to know of each elite. They are listed by the ranking, best first, whatever rule
 * its archive keeps them by.
 */
export interface Island {
  readonly elites: readonly Resident[];
}

/** An elite on an island. */
export interface Resident {
  readonly elite: Elite;
  /** Trials on this island that took it as a parent. */
  readonly offspring: number;
  /** Where in a grid archive it lives; absent in archives without a grid. */
  readonly cell?: string;
}

/** What an archive says of a newcomer. A decision: it is journaled, and the fold only carries it out. */
export type Admission =
  | {
      readonly admitted: true;
      readonly cell?: string /** Members that leave for it. */;
      readonly removes: readonly ProgramId[];
    }
  | { readonly admitted: false };

/** Copies of programs from island to island, after some islands were emptied. A decision, like an admission. */
export interface Migration {
  readonly cleared: readonly number[];
  readonly moves: readonly {
    readonly program: ProgramId;
    readonly from: number;
    readonly to: number;
    readonly admission: Admission;
  }[];
}

/** The island after a newcomer was admitted: best first. */
export function settle(island: Island, elite: Elite, admission: Admission): Island {
  if (!admission.admitted) return island;
  const resident: Resident = {
    elite,
    offspring: 0,
    ...(admission.cell === undefined ? {} : { cell: admission.cell }),
  };
  const elites = island.elites.filter(({ elite: { id } }) => !admission.removes.includes(id));
  const place = elites.findIndex((each) => better(elite, each.elite) < 0);
  elites.splice(place < 0 ? elites.length : place, 0, resident);
  return { elites };
}

/** The island after one of its elites was taken as a parent. */
export function countOffspring(island: Island, parent: ProgramId): Island {
  return {
    elites: island.elites.map((each) =>
      each.elite.id === parent ? { ...each, offspring: each.offspring + 1 } : each,
    ),
  };
}

/** The best program of an island by the ranking; undefined of an empty one. */
export function bestOf({ elites }: Island): Elite | undefined {
  return elites[0]?.elite;
}

/** The program in the middle of an island's ranking; undefined of an empty one. */
export function medianOf({ elites }: Island): Elite | undefined {
  return elites[elites.length >> 1]?.elite;
}

/** What counts for a large difference on an island: how far its best is ahead of its median; 0 of an empty one. */
export function spreadOf(island: Island): number {
  const [best, median] = [bestOf(island), medianOf(island)];
  return best && median ? lead(best, median) : 0;
}
