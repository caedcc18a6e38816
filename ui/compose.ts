import { availableParallelism } from 'node:os';
import { setTimeout } from 'node:timers/promises';
import { canonical } from '../core/code/canonical.ts';
import { decode, similarity, sketch } from '../core/code/normal/sketch.ts';
import { editable } from '../core/code/regions.ts';
import { oddsOf, type Settings } from '../core/config.ts';
import { openLearner } from '../core/learning/backends/learner.ts';
import type { Checkpoints } from '../core/learning/learner.ts';
import type { Model, Wait } from '../core/model.ts';
import { builtin } from '../core/operators/builtin/builtin.ts';
import { learned } from '../core/operators/learned/policy.ts';
import { asking } from '../core/operators/model/operators.ts';
import type { Problem } from '../core/problem.ts';
import { type Elite, mainFile, type Source } from '../core/program.ts';
import type { Archive, Bandit, Evaluator, Migrate } from '../core/roles.ts';
import { fixed, thompson, ucb, uniform as uniformBandit } from '../core/selection/bandit.ts';
import { floored } from '../core/selection/floor.ts';
import type { Near, World } from '../core/world.ts';
import { cached } from '../evaluators/cache.ts';
import { openPool } from '../evaluators/pool.ts';
import { samplesOf } from '../evaluators/samples.ts';
import { latestArchive, recentArchive, seedArchive, singleArchive } from '../islands/baselines.ts';
import { generationArchive } from '../islands/generations.ts';
import { defaultAxes, gridArchive } from '../islands/grid.ts';
import { inspire } from '../islands/inspirations.ts';
import { leanArchive } from '../islands/lean.ts';
import { randomMigration, resetMigration, ringMigration } from '../islands/migration.ts';
import { closest } from '../islands/novelty/closest.ts';
import { near, nearTwin } from '../islands/novelty/near.ts';
import { twin } from '../islands/novelty/twin.ts';
import { eager, powerLaw, type Sampler, tournament, uniform, weighted } from '../islands/parents.ts';
import { topArchive } from '../islands/top.ts';
import { openClock } from './clock.ts';

/** Outcomes kept for programs that are met again. */
const remembered = 20_000;

/** What a world is made of besides its problem and settings. */
export interface Means {
  readonly workers: number;
  /** Time that earlier sessions took. */
  readonly secondsBefore: number;
  readonly models: ReadonlyMap<string, Model>;
  /** Specs of those that make children; the others serve the screen. */
  readonly askers: readonly string[];
  /** Where weights are kept; in memory where left out. */
  readonly checkpoints?: Checkpoints;
  /** What a trainer outside has made. */
  readonly training?: World['training'];
  /** What runs programs, in place of the sandboxes. */
  readonly evaluator?: Evaluator;
}

/** A world, and what its calls to models wait for. */
export interface ComposedWorld extends World {
  waits(): readonly Wait[];
}

/** The world of a search as its settings describe it. The evaluator and the models are the caller's to dispose of. */
export async function compose(problem: Problem, settings: Settings, options: Means): Promise<ComposedWorld> {
  const { models, askers } = options;
  const ways = settings['operators.model'].split(',');
  const edits = settings['operators.builtin'] === 'on' && canEdit(problem);
  const learner =
    edits && learns(problem, settings) ? openLearner(problem, settings, options.checkpoints) : undefined;
  const operators = [
    ...(edits
      ? builtin(
          settings['operators.tune'],
          settings['operators.without'].split(','),
          problem.residuals !== undefined,
        )
      : []),
    ...(learner ? [learned(settings['learning.proposals'], problem.residuals !== undefined)] : []),
    ...askers.flatMap((model) => asking(model, ways)),
  ];
  const pauses = new Set<Wait>();
  const clock = openClock(options.secondsBefore * 1000);
  const [evaluator, samples] = await Promise.all([
    options.evaluator ?? openEvaluator(problem, options.workers, settings.isolation),
    operators.some(({ name }) => name === 'exchange') ? samplesOf(problem) : [],
  ]);
  return {
    problem,
    operators: new Map(operators.map((operator) => [operator.name, operator])),
    models,
    evaluator,
    ...(learner ? { learner } : {}),
    ...(options.training ? { training: options.training } : {}),
    samples,
    archive: archiveOf(problem, settings),
    migrate: migrations[settings.migration],
    bandit: banditOf(settings, problem.residuals !== undefined),
    inspire,
    closest,
    twin,
    ...(settings.novelty === 'near' ? { near: nearness(problem.language) } : {}),
    rest: async (milliseconds, signal, what) => {
      const wait = what === undefined ? undefined : { what, until: Date.now() + milliseconds };
      if (wait) pauses.add(wait);
      try {
        // Whoever waits is told why by the signal itself, and not by the timer.
        await setTimeout(milliseconds, undefined, { signal }).catch(() => signal.throwIfAborted());
      } finally {
        if (wait) pauses.delete(wait);
      }
    },
    waits: () => [...Array.from(models.values()).flatMap((model) => model.waits?.() ?? []), ...pauses],
    ...clock,
  };
}

/** Whether a policy is an arm: by default where terms can be weighed up, for elsewhere it was not ahead (docs/decisions/0011). */
function learns({ residuals }: Problem, settings: Settings): boolean {
  return (
    settings.learning !== 'off' && (residuals !== undefined || settings['learning.where'] === 'everywhere')
  );
}

/** The pool of sandboxes, behind a memory of what it has run. */
export async function openEvaluator(
  problem: Problem,
  workers = availableParallelism(),
  isolation: Settings['isolation'] = 'context',
): Promise<Evaluator> {
  return cached(await openPool(problem, { workers, isolation }), keyFor(problem), remembered);
}

/** What programs of a problem are remembered by: equal keys, equal outcomes. */
export function keyFor({ language }: Pick<Problem, 'language'>): (source: Source) => string {
  return (source) => {
    const form = canonical(source, language);
    return 'hash' in form ? form.hash : JSON.stringify(source);
  };
}

const migrations: Record<Settings['migration'], Migrate> = {
  ring: ringMigration,
  random: randomMigration,
  reset: resetMigration,
  none: () => ({ cleared: [], moves: [] }),
};

/** Built-in operators edit the main file, which in a program of several may be fixed. */
function canEdit({ seeds }: Problem): boolean {
  return seeds.every((seed) => editable(seed).some(({ path }) => path === mainFile(seed).path));
}

function nearness(language: Problem['language']): Near {
  return {
    sketch: (source) => sketch(source, language),
    find: (all, wanted, horizon) => near(all, wanted, nearTwin, horizon)?.trial,
    alike: (a, b) => similarity(decode(a), decode(b)),
  };
}

function archiveOf(problem: Problem, settings: Settings): Archive {
  const { archive, capacity, bins, parents } = settings;
  const samplers: Record<Settings['parents'], () => Sampler> = {
    'power-law': () => powerLaw(1),
    eager: () => eager(3, 20),
    weighted: () => weighted(10),
    tournament: () => tournament(settings.tournament),
    uniform,
  };
  const sample = samplers[parents]();
  if (archive === 'top') return topArchive({ capacity, sample });
  if (archive === 'lean') return leanArchive({ capacity, sample });
  if (archive === 'seeds') return seedArchive(sample);
  if (archive === 'latest') return latestArchive(sample);
  if (archive === 'single') return singleArchive(sample);
  if (archive === 'recent') return recentArchive({ capacity, sample });
  if (archive === 'generations') return generationArchive({ size: capacity, sample });
  const { describe } = problem;
  const axes = describe ? (elite: Elite) => describe(elite.outcome.measures, elite.size) : defaultAxes;
  return gridArchive({ bins, axes, sample });
}

function banditOf(settings: Settings, comparable: boolean): Bandit {
  const { bandit, odds, exploration, per, thrift } = settings;
  if (bandit === 'odds') return fixed(oddsOf(odds));
  if (bandit === 'uniform') return uniformBandit();
  const learning = bandit === 'ucb' ? ucb(exploration, { per, thrift }) : thompson({ per, thrift });
  const sure = floored(
    floored(learning, 'regress', settings['operators.regress']),
    'link',
    settings['operators.link'],
  );
  return floored(sure, 'policy', comparable ? settings['learning.share'] : 0);
}
