import { availableParallelism } from 'node:os';
import { setTimeout } from 'node:timers/promises';
import type { Checkpoints } from '../../core/journal/checkpoints.ts';
import { languageNamed } from '../../core/languages/registry.ts';
import { openPolicy } from '../../core/learning/backends/learner.ts';
import { type LearnerParts, learnerOf } from '../../core/learning/learner.ts';
import { type LearningState, openLearning } from '../../core/learning/state.ts';
import { asking } from '../../core/prompts/operators.ts';
import { byArm, type Components, type NearDuplicates } from '../../core/search/components.ts';
import type { Language } from '../../core/search/language.ts';
import type { Model, Wait } from '../../core/search/model.ts';
import type { Problem } from '../../core/search/problem.ts';
import { mainFile, type Source } from '../../core/search/program.ts';
import type { Bandit, Evaluator } from '../../core/search/roles.ts';
import { probabilitiesOf, type Settings } from '../../core/search/settings.ts';
import { editable } from '../../core/text/regions.ts';
import { decode, similarity } from '../../core/text/sketch.ts';
import { cached } from '../../evaluators/cache.ts';
import { openPool, samplesOf } from '../../evaluators/runtimes.ts';
import { inspire } from '../../islands/inspirations.ts';
import { closest } from '../../islands/novelty/closest.ts';
import { isDuplicate } from '../../islands/novelty/duplicate.ts';
import { near, nearDuplicateThreshold } from '../../islands/novelty/near.ts';
import { populationOf } from '../../islands/population.ts';
import { fixed, thompson, ucb, uniform as uniformBandit } from '../../islands/selection/bandit.ts';
import { floored } from '../../islands/selection/floor.ts';
import { openClock } from './clock.ts';
import { withNames } from './operators.ts';

/** Outcomes cached for programs that are proposed again. */
export const remembered = 20_000;

/** The parts of a world besides its problem and settings. */
export interface ComposeOptions {
  readonly workers: number;
  /** Time that earlier sessions took. */
  readonly secondsBefore: number;
  readonly models: ReadonlyMap<string, Model>;
  /** Specs of those that make children; the others judge novelty. */
  readonly askers: readonly string[];
  /** Where weights are kept; in memory where left out. */
  readonly checkpoints?: Checkpoints;
  /** The learning state of the journal so far; left out for a new search. */
  readonly learning?: LearningState;
  /** The newest weights of an external trainer, where there is one. */
  readonly external?: LearnerParts['external'];
  /** What runs programs, in place of the sandboxes. */
  readonly evaluator?: Evaluator;
}

/** A world, and what its model calls are waiting for. */
export interface ComposedWorld extends Components {
  waits(): readonly Wait[];
}

/** The world of a search as its settings describe it. The evaluator and the models are the caller's to dispose of. */
export async function compose(
  problem: Problem,
  given: Settings,
  options: ComposeOptions,
): Promise<ComposedWorld> {
  const { models, askers, external, learning = openLearning() } = options;
  const language = languageNamed(problem.language);
  const settings = withNames(given, language);
  const population = populationOf(problem, language, settings);
  const comparable = problem.residuals !== undefined;
  const ways = settings['operators.prompts'].split(',').filter((way) => way !== 'part' || language.parts);
  const edits = settings['operators.builtin'] === 'on' && canEdit(problem, language);
  const { policy } = language;
  const trainer =
    edits && policy && learns(problem, settings)
      ? openPolicy(policy.grammar(problem), settings, options.checkpoints)
      : undefined;
  const operators = [
    ...((edits &&
      language.builtin?.({
        tuneEvaluations: settings['tune.maxEvaluations'],
        without: settings['operators.disabled'].split(','),
        comparable,
      })) ||
      []),
    ...(trainer ? [policy!.operator(settings['learning.maxProposals'], comparable)] : []),
    ...askers.flatMap((model) => asking(model, ways)),
  ];
  const { pauses, sleep } = openPauses();
  const clock = openClock(options.secondsBefore * 1000);
  const [evaluator, samples] = await Promise.all([
    options.evaluator ?? openEvaluator(problem, options.workers, settings.isolation),
    operators.some(({ name }) => name === 'exchange') ? samplesOf(problem) : [],
  ]);
  return {
    problem,
    language,
    operators: byArm(operators),
    models,
    evaluator,
    ...(trainer || external
      ? { learner: learnerOf({ learning, language, trainer, external, ...clock }) }
      : {}),
    samples,
    ...population,
    bandit: banditOf(settings, comparable),
    inspire,
    closest,
    isDuplicate,
    ...(settings.novelty === 'near' ? { nearDuplicates: nearness(language) } : {}),
    sleep,
    waits: () => [...Array.from(models.values()).flatMap((model) => model.waits?.() ?? []), ...pauses],
    ...clock,
  };
}

/** Pauses between tries, and those that are shown while they last. */
function openPauses(): { readonly pauses: ReadonlySet<Wait>; readonly sleep: Components['sleep'] } {
  const pauses = new Set<Wait>();
  return {
    pauses,
    async sleep(milliseconds, signal, what) {
      const wait = what === undefined ? undefined : { what, until: Date.now() + milliseconds };
      if (wait) pauses.add(wait);
      try {
        // Rejects with the signal's reason, not with the timer's error.
        await setTimeout(milliseconds, undefined, { signal }).catch(() => signal.throwIfAborted());
      } finally {
        if (wait) pauses.delete(wait);
      }
    },
  };
}

/** Whether a policy is an arm: by default where a problem gives residuals, since elsewhere it was not ahead (docs/decisions/0011). */
function learns({ residuals }: Problem, settings: Settings): boolean {
  return (
    settings.learning !== 'off' &&
    (residuals !== undefined || settings['research.learningScope'] === 'everywhere')
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

/** The cache key of a program: equal keys, equal outcomes. */
export function keyFor(problem: Pick<Problem, 'language'>): (source: Source) => string {
  const language = languageNamed(problem.language);
  return (source) => {
    const form = language.canonical(source);
    return 'hash' in form ? form.hash : JSON.stringify(source);
  };
}

/** Whether operators without a model can edit the main file of each seed, which in a program of several files may be fixed. */
export function canEdit({ seeds }: Problem, language: Language): boolean {
  return seeds.every((seed) => editable(seed, language).some(({ path }) => path === mainFile(seed).path));
}

function nearness(language: Language): NearDuplicates {
  return {
    sketch: (source) => language.sketch(source),
    find: (all, wanted, horizon) => near(all, wanted, nearDuplicateThreshold, horizon)?.trial,
    alike: (a, b) => similarity(decode(a), decode(b)),
  };
}

function banditOf(settings: Settings, comparable: boolean): Bandit {
  const { bandit, banditProbabilities, banditExploration, banditCostUnit, banditCostWeight } = settings;
  if (bandit === 'fixed') return fixed(probabilitiesOf(banditProbabilities));
  if (bandit === 'uniform') return uniformBandit();
  const learning =
    bandit === 'ucb'
      ? ucb(banditExploration, { per: banditCostUnit, thrift: banditCostWeight })
      : thompson({ per: banditCostUnit, thrift: banditCostWeight });
  const sure = floored(
    floored(learning, 'regress', settings['regress.minShare']),
    'link',
    settings['link.minShare'],
  );
  return floored(sure, 'policy', comparable ? settings['learning.minShare'] : 0);
}
