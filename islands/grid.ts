import type { Language } from '../core/search/language.ts';
import { type Elite, mainFile } from '../core/search/program.ts';
import { better } from '../core/search/ranking.ts';
import type { Archive } from '../core/search/roles.ts';
import type { Sampler } from './parents.ts';

/** The parts of a grid archive. */
export interface Grid {
  /** Cells along each axis. */
  readonly gridBins: number;
  /** A program's coordinate on each axis, clamped to [0, 1]. */
  readonly axes: (elite: Elite) => readonly number[];
  readonly sample: Sampler;
}

/** Keeps the best of each cell of a fixed grid: MAP-Elites (Mouret and Clune 2015). */
export function gridArchive({ gridBins: bins, axes, sample }: Grid): Archive {
  const cellOf = (elite: Elite): string =>
    axes(elite)
      .map((place) => (place > 0 ? Math.min(Math.floor(place * bins), bins - 1) : 0))
      .join(',');
  return {
    sample: ({ elites }, count, random) => sample(elites, count, random),
    admit({ elites }, newcomer) {
      const cell = cellOf(newcomer);
      const occupant = elites.find((each) => each.cell === cell)?.elite;
      if (!occupant) return { admitted: true, cell, removes: [] };
      return better(newcomer, occupant) < 0
        ? { admitted: true, cell, removes: [occupant.id] }
        : { admitted: false };
    },
  };
}

/**
 * Axes for a problem that names none: size, a tenth for each doubling from 64 characters; the number of branches and
 * loops, a tenth for each doubling from 1, where the language counts them; and the relative deviation of the scores on
 * the cases.
 */
export function defaultAxes({ branches }: Pick<Language, 'branches'>): Grid['axes'] {
  return (elite) => [
    Math.log2(elite.size / 64) / 10,
    ...(branches ? [Math.log2(1 + branches(mainFile(elite.source).text)) / 10] : []),
    unevenness(elite),
  ];
}

/** Standard deviation divided by its sum with the mean's absolute value: 0 where all cases have equal scores. */
function unevenness({ outcome: { score: mean, verdicts } }: Elite): number {
  const away = verdicts.map((verdict) => ('score' in verdict ? verdict.score - mean : 0));
  const deviation = Math.hypot(...away) / Math.sqrt(verdicts.length);
  return deviation > 0 ? deviation / (deviation + Math.abs(mean)) : 0;
}
