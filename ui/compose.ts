import { availableParallelism } from 'node:os';
import { setTimeout } from 'node:timers/promises';
import { canonical } from '../core/code/canonical.ts';
import { decode, similarity, sketch } from '../core/code/normal/sketch.ts';
import { editable } from '../core/code/regions.ts';
import { oddsOf, type Settings } from '../core/config.ts';
import { openLearner } from '../core/learning/backends/learner.ts';
import type { Checkpoints } from '../core/learning/learner.ts';
import type { Model } from '../core/model.ts';
import { builtin } from '../core/operators/builtin/builtin.ts';
import { learned } from '../core/operators/learned/policy.ts';
import { asking } from '../core/operators/model/operators.ts';
import type { Problem } from '../core/problem.ts';
import { mainFile, type Source } from '../core/program.ts';
import type { Bandit, Evaluator } from '../core/roles.ts';
import { fixed, thompson, ucb, uniform as uniformBandit } from '../core/selection/bandit.ts';
import { floored } from '../core/selection/floor.ts';
import { byArm, type Near, type World } from '../core/world.ts';
import { cached } from '../evaluators/cache.ts';
import { openPool } from '../evaluators/pool.ts';
import { samplesOf } from '../evaluators/samples.ts';
import { inspire } from '../islands/inspirations.ts';
import { closest } from '../islands/novelty/closest.ts';
import { near, nearTwin } from '../islands/novelty/near.ts';
import { twin } from '../islands/novelty/twin.ts';
import { populationOf } from '../islands/population.ts';
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

/** The world of a search as its settings describe it. The evaluator and the models are the caller's to dispose of. */
export async function compose(problem: Problem, settings: Settings, options: Means): Promise<World> {
  const { models, askers } = options;
  const population = populationOf(problem, settings);
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
  const clock = openClock(options.secondsBefore * 1000);
  const [evaluator, samples] = await Promise.all([
    options.evaluator ?? openEvaluator(problem, options.workers, settings.isolation),
    operators.some(({ name }) => name === 'exchange') ? samplesOf(problem) : [],
  ]);
  return {
    problem,
    operators: byArm(operators),
    models,
    evaluator,
    ...(learner ? { learner } : {}),
    ...(options.training ? { training: options.training } : {}),
    samples,
    ...population,
    bandit: banditOf(settings, problem.residuals !== undefined),
    inspire,
    closest,
    twin,
    ...(settings.novelty === 'near' ? { near: nearness(problem.language) } : {}),
    rest: async (milliseconds, signal) => {
      // Whoever waits is told why by the signal itself, and not by the timer.
      await setTimeout(milliseconds, undefined, { signal }).catch(() => signal.throwIfAborted());
    },
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
