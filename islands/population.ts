import { expected } from '../core/search/errors.ts';
import type { Language } from '../core/search/language.ts';
import type { Objectives } from '../core/search/objectives.ts';
import type { Problem } from '../core/search/problem.ts';
import type { Elite } from '../core/search/program.ts';
import type { Archive, Migrate } from '../core/search/roles.ts';
import type { Settings } from '../core/search/settings.ts';
import { latestArchive, recentArchive, seedArchive, singleArchive } from './baselines.ts';
import { generationArchive } from './generations.ts';
import { defaultAxes, gridArchive } from './grid.ts';
import { randomMigration, resetMigration, ringMigration } from './migration.ts';
import { greedy, powerLaw, type Sampler, tournament, uniform, weighted } from './parents.ts';
import { parsimonyArchive } from './parsimony.ts';
import { topArchive } from './top.ts';

/** The options of archives; each uses some. */
export interface Makings extends Pick<Settings, 'capacity' | 'gridBins'> {
  readonly sample: Sampler;
  /** Axes of a grid: the problem's own, or those of any program. */
  readonly axes: (elite: Elite) => readonly number[];
  /** None in a problem with a single objective. */
  readonly objectives: Objectives;
}

/** Archives by the name that the setting `archive` gives them. */
export const archives: Readonly<Record<string, (makings: Makings) => Archive>> = {
  top: topArchive,
  parsimony: parsimonyArchive,
  grid: gridArchive,
  seeds: seedArchive,
  latest: latestArchive,
  single: singleArchive,
  recent: recentArchive,
  generations: generationArchive,
};

/** Parent selections by the name that the setting `parents` gives them. */
export const samplers: Readonly<Record<string, (settings: Pick<Settings, 'tournamentSize'>) => Sampler>> = {
  'power-law': () => powerLaw(1),
  greedy: () => greedy(3, 20),
  weighted: () => weighted(10),
  tournament: (settings) => tournament(settings.tournamentSize),
  uniform,
};

/** Migrations by the name that the setting `migration` gives them. */
export const migrations: Readonly<Record<string, Migrate>> = {
  ring: ringMigration,
  random: randomMigration,
  reset: resetMigration,
  none: () => ({ cleared: [], moves: [] }),
};

/** Archive, parent selection and migration of a search. @throws ConfigError for a name that is in no table. */
export function populationOf(
  { describe, objectives = {} }: Pick<Problem, 'describe' | 'objectives'>,
  language: Pick<Language, 'branches'>,
  settings: Settings,
): { readonly archive: Archive; readonly migrate: Migrate } {
  const { capacity, gridBins } = settings;
  const sample = among(samplers, 'parents', settings.parents)(settings);
  const axes = describe
    ? (elite: Elite) => describe(elite.outcome.measures, elite.size)
    : defaultAxes(language);
  return {
    archive: among(archives, 'archive', settings.archive)({ capacity, gridBins, sample, axes, objectives }),
    migrate: among(migrations, 'migration', settings.migration),
  };
}

function among<T>(table: Readonly<Record<string, T>>, setting: string, name: string): T {
  if (Object.hasOwn(table, name)) return table[name]!;
  throw expected(`\`${setting}\` to be one of ${Object.keys(table).join(', ')}`, name);
}
