import { availableParallelism } from 'node:os';
import { checkpointsIn } from '../../core/journal/checkpoints.ts';
import { readManifest } from '../../core/journal/manifest.ts';
import { languageNamed } from '../../core/languages/registry.ts';
import { newest } from '../../core/learning/backends/learner.ts';
import { type LearningState, openLearning } from '../../core/learning/state.ts';
import type { Budgets } from '../../core/search/amendments.ts';
import { checkBudgets } from '../../core/search/amendments.ts';
import type { Components } from '../../core/search/components.ts';
import { ConfigError, StorageError } from '../../core/search/errors.ts';
import type { Event, Opened } from '../../core/search/event.ts';
import { finalProgram } from '../../core/search/final.ts';
import { open } from '../../core/search/open.ts';
import type { Problem } from '../../core/search/problem.ts';
import { rescore } from '../../core/search/rescore.ts';
import { search } from '../../core/search/search.ts';
import type { Settings } from '../../core/search/settings.ts';
import { openSteering, type SteeringInbox } from '../../core/search/steering.ts';
import { applyToFacts } from '../facts/fold.ts';
import type { Session, View } from '../text/view.ts';
import { checkTraining, partialSamplesIn } from '../training/held-training.ts';
import { openTrainingSession, type TrainingSession } from '../training/training-session.ts';
import { type ComposedWorld, compose } from './compose.ts';
import { first, resumable } from './failure.ts';
import { claimDirectory, removeEmpty } from './new-directory.ts';
import { type CassetteOptions, type OpenModels, openModels } from './open-models.ts';
import { withNames } from './operators.ts';
import { hashOf, isHashOf, partsOf, refuseChange } from './problem-hash.ts';
import { createRunDirectory, openRunDirectory, type RunDirectory, refuseLoss } from './run-directory.ts';
import { problemOfRun } from './run-problem.ts';
import { advanceRunState, openRunState, type RunState, replay } from './run-state.ts';
import { summarize } from './summarize.ts';
import type { Summary } from './summary.ts';

// One idea: a session of a run, new or resumed, from its first event to its summary.

export interface StartOptions {
  readonly problem: Problem;
  /** How the problem is found again on resume. */
  readonly path: string;
  readonly settings: Settings;
  readonly dir?: string | undefined;
  readonly workers?: number | undefined;
  /** Specs of the models that are asked. */
  readonly models?: readonly string[];
  /** SPEC of what trains one of them. */
  readonly trainer?: string | undefined;
  readonly tape?: CassetteOptions;
}

/**
 * A new search in a new run directory. The directory is there from the first moment, so that what is killed early
 * can be resumed too; a problem that cannot be searched leaves none.
 */
export async function start(options: StartOptions, view: View): Promise<Summary> {
  const dir = options.dir ?? claimDirectory(options.problem.name, new Date());
  let began = false;
  try {
    return await startIn(dir, options, view, () => {
      began = true;
    });
  } catch (error) {
    if (began) throw resumable(first(error), dir);
    if (options.dir === undefined) removeEmpty(dir);
    throw error;
  }
}

async function startIn(dir: string, options: StartOptions, view: View, begun: () => void): Promise<Summary> {
  const { problem, path, models = [], trainer, tape, workers = availableParallelism() } = options;
  const settings = withNames(options.settings, languageNamed(problem.language));
  const hash = hashOf(problem);
  if (trainer !== undefined) checkTraining(trainer, models, settings, tape);
  await using open = await openModels({ models, settings, ...tape, parked: partialSamplesIn(dir) });
  warn(open.warnings);
  const about = {
    problem: { name: problem.name, hash, path, parts: partsOf(problem) },
    settings,
    models: [...models],
    ...(trainer === undefined ? {} : { trainer }),
  };
  await using run = await createRunDirectory(dir, about);
  let began = false;
  try {
    await using training = await openTrainingSession(trainer, dir, models, settings);
    const learning = openLearning();
    const world = await compose(problem, settings, {
      workers,
      secondsBefore: 0,
      models: open.all,
      askers: models,
      checkpoints: checkpointsIn(dir, newest),
      learning,
      ...(training ? { external: training } : {}),
    });
    await using _evaluator = world.evaluator;
    await using _learner = world.learner;
    const steering = steeringOf(open);
    const course = await begin(world, run, hash, learning, view, steering);
    began = true;
    begun();
    await training?.enter(course, { operators: world.operators, ...open });
    return await runSearch(world, course, run, view, steering, training);
  } catch (error) {
    // A run with scored seeds is kept, whatever fails later.
    if (!began && (error instanceof ConfigError || error instanceof StorageError)) run.discard();
    throw error;
  }
}

export interface ResumeOptions {
  readonly dir: string;
  /** Where the problem is now, if it was moved: a path. */
  readonly problem?: string | undefined;
  readonly workers?: number | undefined;
  /** Budgets that replace those of the run. */
  readonly budgets: Budgets;
  /** SPEC of what trains from here on. */
  readonly trainer?: string | undefined;
  readonly tape?: CassetteOptions;
  /** Scores the current programs again, for a problem that was changed. */
  readonly rescore?: boolean | undefined;
}

/**
 * Resumes a search: reads its journal and continues.
 * @throws ConfigError for another problem than the run's, JournalError for a journal that cannot be believed.
 */
export async function resume(options: ResumeOptions, view: View): Promise<Summary> {
  try {
    return await goOn(options, view);
  } catch (error) {
    throw resumable(first(error), options.dir);
  }
}

async function goOn(options: ResumeOptions, view: View): Promise<Summary> {
  const { dir, budgets, tape, workers = availableParallelism() } = options;
  const { problem: kept, settings: before, models = [], trainer: trainerBefore } = readManifest(dir);
  const { problem, path } = await problemOfRun(dir, kept, options.problem);
  const hash = hashOf(problem);
  const same = isHashOf(kept.hash, problem);
  if (!same && !options.rescore) refuseChange(dir, { ...kept, path }, problem);
  const trainer = options.trainer ?? trainerBefore;
  if (trainer !== undefined) checkTraining(trainer, models, before, tape);
  const parked = partialSamplesIn(dir);
  await using open = await openModels({ models, settings: { ...before, ...budgets }, ...tape, parked });
  warn(open.warnings);
  await using run = await openRunDirectory(dir);
  const { settings, seconds } = run.manifest;
  if (trainer !== undefined) run.manifest.trainer = trainer;
  await run.moved(path);
  await using training = await openTrainingSession(trainer, dir, models, settings);
  const replayed = await replay(run.journal, dir);
  refuseLoss(run, replayed !== undefined);
  const learning = replayed?.learning ?? openLearning();
  const world = await compose(problem, settings, {
    workers,
    // After a kill the journal is more recent.
    secondsBefore: Math.max(seconds, (replayed?.facts.counts.milliseconds ?? 0) / 1000),
    models: open.all,
    askers: models,
    checkpoints: checkpointsIn(dir, newest),
    learning,
    ...(training ? { external: training } : {}),
  });
  await using _evaluator = world.evaluator;
  await using _learner = world.learner;
  const steering = steeringOf(open);
  await run.start();
  if (replayed) view.start(sessionOf(world, replayed, run, steering));
  const course = replayed ?? (await begin(world, run, hash, learning, view, steering));
  if (replayed && options.rescore) {
    const rescored = await rescore(course.state, world, { name: problem.name, hash }, view.signal);
    advanceRunState(course, rescored);
    await run.journal.append(rescored);
    run.event(rescored, course, world.elapsed() / 1000);
    view.event(rescored);
    run.manifest.problem = { ...run.manifest.problem, rescored: course.state.begun };
  }
  if (!same) run.manifest.problem = { ...run.manifest.problem, hash, parts: partsOf(problem) };
  if (Object.keys(budgets).length > 0) {
    const amended = { type: 'amended', settings: budgets } as const;
    advanceRunState(course, amended);
    await run.journal.append(amended);
  }
  await training?.enter(course, { operators: world.operators, ...open });
  return await runSearch(world, course, run, view, steering, training);
}

/** Scores the seeds: the first event of a run. */
async function begin(
  world: ComposedWorld,
  run: RunDirectory,
  hash: string,
  learning: LearningState,
  view: View,
  steering: SteeringInbox,
): Promise<RunState> {
  const opened = await open(world, run.manifest.settings, hash, view.signal);
  const course = openRunState(opened, learning);
  await run.journal.append(opened);
  view.start(sessionOf(world, course, run, steering));
  run.event(opened, course, world.elapsed() / 1000);
  view.event(opened);
  return course;
}

/** Steering whose budgets hold for the models too. */
function steeringOf(models: OpenModels): SteeringInbox {
  return openSteering((budgets) => {
    checkBudgets(budgets);
    models.allow(budgets);
  });
}

function sessionOf(
  { problem, elapsed, waits }: ComposedWorld,
  { facts }: RunState,
  run: RunDirectory,
  steering: SteeringInbox,
): Session {
  return { problem, run: run.dir, elapsed, waits, facts, steering };
}

/** Searches until the end or an interruption, then computes the test score of the selected program. */
async function runSearch(
  world: Components,
  course: RunState,
  run: RunDirectory,
  view: View,
  steering: SteeringInbox,
  training?: TrainingSession,
): Promise<Summary> {
  const { state, facts } = course;
  const observe = (event: Event): void => {
    // The opening is not an event of the search loop.
    applyToFacts(facts, event as Exclude<Event, Opened>);
    run.event(event, course, world.elapsed() / 1000);
    view.event(event);
    training?.observe(event, course);
  };
  const failures = [run.failed, ...(training ? [training.failed] : [])];
  let interrupted = false;
  try {
    await search(state, world, run.journal, observe, AbortSignal.any([view.signal, ...failures]), steering);
    interrupted = state.closed === undefined && steering.state === 'stopping';
  } catch (caught) {
    const failed = failures.find(({ aborted }) => aborted);
    if (!view.signal.aborted || failed || caught instanceof StorageError) throw failed?.reason ?? caught;
    interrupted = true;
  }
  const summary = await summarize(world, state, run.dir, interrupted, facts.answers);
  await run.end(summary, finalProgram(state));
  await view.end(summary, finalProgram(state));
  return summary;
}

/** On stderr, before a screen has the terminal: stdout may be for a program. */
function warn(lines: readonly string[]): void {
  for (const line of lines) process.stderr.write(`atoll: ${line}\n`);
}
