import { better, type Elite, type ProgramId } from './program.ts';

/** One population: its elites, best first, and what sampling needs to know of each. */
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
  | { readonly admitted: true; readonly cell?: string /** Who leaves for it. */; readonly evicts?: ProgramId }
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

/** The island after a newcomer was let in: best first. */
export function settle(island: Island, elite: Elite, admission: Admission): Island {
  if (!admission.admitted) return island;
  const resident: Resident = {
    elite,
    offspring: 0,
    ...(admission.cell === undefined ? {} : { cell: admission.cell }),
  };
  const elites = island.elites.filter((each) => each.elite.id !== admission.evicts);
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
