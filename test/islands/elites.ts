import { type Island, settle } from '../../core/search/archive.ts';
import { seedArm } from '../../core/search/arm.ts';
import { outcomeOf, type Scored } from '../../core/search/outcome.ts';
import type { Elite } from '../../core/search/program.ts';
import type { Archive } from '../../core/search/roles.ts';

/** An elite with those scores on its cases. */
export function elite(id: string, scores: readonly number[], size = 100, text = ''): Elite {
  const outcome = outcomeOf(scores.map((score, i) => ({ case: `case-${i}`, score }))) as Scored;
  return { id, source: { 'program.js': text }, outcome, parents: [], arm: seedArm, size };
}

/** An island to which those were offered in turn. */
export function populate(
  archive: Archive,
  newcomers: readonly Elite[],
  start: Island = { elites: [] },
): Island {
  return newcomers.reduce((island, each) => settle(island, each, archive.admit(island, each)), start);
}

/** An island of elites with those scores, best first, as an archive without limits would hold them. */
export function islandOf(...scores: readonly number[]): Island {
  const everyone: Archive = { sample: () => [], admit: () => ({ admitted: true, removes: [] }) };
  return populate(
    everyone,
    scores.map((score, i) => elite(`trial-${i + 1}`, [score])),
  );
}

/** Ids of an island's elites, best first. */
export function ids({ elites }: Island): string[] {
  return elites.map((each) => each.elite.id);
}
