import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type { Settings } from '../core/config.ts';
import { ConfigError, JournalError, ModelError } from '../core/errors.ts';
import type { Budget } from '../core/event.ts';
import { evolve } from '../core/evolve.ts';
import { checkpointsIn } from '../core/journal/checkpoints.ts';
import { readManifest } from '../core/journal/manifest.ts';
import { newest } from '../core/learning/backends/learner.ts';
import { open } from '../core/open.ts';
import type { Problem } from '../core/problem.ts';
import type { Elite } from '../core/program.ts';
import type { Evaluator, Journal } from '../core/roles.ts';
import { search } from '../core/search.ts';
import { opening, type State } from '../core/state.ts';
import type { World } from '../core/world.ts';
import { compose } from './compose.ts';
import { findProblem, hashOf } from './find.ts';
import { createRun, openRun, type Run } from './keep.ts';
import { type ModelOptions, openModels } from './models.ts';
import type { View } from './show.ts';
import { type Summary, scoreOf } from './summary.ts';
import { checkTraining, parkedIn, type Tutor, tutorOf } from './training.ts';

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
  readonly tape?: Tape;
}

/** Where calls to models are written to, or answered from. */
export type Tape = Pick<ModelOptions, 'record' | 'replay'>;

/**
 * A new search in a new run directory. The directory is there from the first moment, so that what is killed early
 * can be resumed too; a problem that cannot be searched leaves none.
 */
export async function start(options: StartOptions, view: View): Promise<Summary> {
  const { problem, path, settings, models = [], trainer, tape, workers = availableParallelism() } = options;
  const hash = hashOf(problem);
  const dir = options.dir ?? join('runs', `${problem.name}-${stamp()}`);
  if (trainer !== undefined) checkTraining(trainer, models, settings, tape);
  await using open = await openModels({ models, settings, ...tape, parked: parkedIn(dir) });
  const facts = {
    problem: { name: problem.name, hash, path },
    settings,
    models: [...models],
    ...(trainer === undefined ? {} : { trainer }),
  };
  await using run = await createRun(dir, facts);
  let began = false;
  try {
    await using tutor = await tutorOf(trainer, dir, models, settings);
    const world = await compose(problem, settings, {
      workers,
      secondsBefore: 0,
      models: open.all,
      askers: models,
      checkpoints: checkpointsIn(dir, newest),
      ...(tutor ? { training: tutor } : {}),
    });
    await using _evaluator = world.evaluator;
    await using _learner = world.learner;
    const state = await begin(world, run, hash, view);
    began = true;
    await tutor?.enter(state, { operators: world.operators, ...open });
    return await go(world, state, run, view, tutor);
  } catch (error) {
    // Once seeds are scored there is something to lose, whatever a judge does later.
    if (!began && error instanceof ConfigError) run.discard();
    throw error;
  }
}

export interface ResumeOptions {
  readonly dir: string;
  readonly workers?: number | undefined;
  /** Budgets that replace those of the run. */
  readonly budgets: Partial<Pick<Settings, Budget>>;
  /** SPEC of what trains from here on. */
  readonly trainer?: string | undefined;
  readonly tape?: Tape;
}

/**
 * Goes on with a search: reads its journal, and does what is due.
 * @throws ConfigError for another problem than the run's, JournalError for a journal that cannot be believed.
 */
export async function resume(options: ResumeOptions, view: View): Promise<Summary> {
  const { dir, budgets, tape, workers = availableParallelism() } = options;
  const { problem: kept, settings: before, models = [] } = readManifest(dir);
  const { problem } = await findProblem(kept.path);
  if (hashOf(problem) !== kept.hash) {
    throw new ConfigError(
      `Expected ${kept.path} to be the problem of ${dir} as it was (hash ${kept.hash.slice(0, 8)}), ` +
        `got one that was changed since (hash ${hashOf(problem).slice(0, 8)})`,
    );
  }
  const trainer = options.trainer ?? readManifest(dir).trainer;
  if (trainer !== undefined) checkTraining(trainer, models, before, tape);
  const parked = parkedIn(dir);
  await using open = await openModels({ models, settings: { ...before, ...budgets }, ...tape, parked });
  await using run = await openRun(dir);
  const { settings, seconds } = run.manifest;
  if (trainer !== undefined) run.manifest.trainer = trainer;
  await using tutor = await tutorOf(trainer, dir, models, settings);
  const world = await compose(problem, settings, {
    workers,
    secondsBefore: seconds,
    models: open.all,
    askers: models,
    checkpoints: checkpointsIn(dir, newest),
    ...(tutor ? { training: tutor } : {}),
  });
  await using _evaluator = world.evaluator;
  await using _learner = world.learner;
  const replayed = await replay(run.journal, dir, view);
  if (replayed) view.start(problem, dir, world.elapsed);
  const state = replayed ?? (await begin(world, run, kept.hash, view));
  if (Object.keys(budgets).length > 0) {
    const amended = { type: 'amended', settings: budgets } as const;
    evolve(state, amended);
    await run.journal.append(amended);
  }
  await tutor?.enter(state, { operators: world.operators, ...open });
  return await go(world, state, run, view, tutor);
}

/** The state that a journal tells of, event by event; undefined for one that was cut off before its first. */
export async function replay(
  journal: Pick<Journal, 'read'>,
  dir: string,
  view: Pick<View, 'past'>,
): Promise<State | undefined> {
  let state: State | undefined;
  for await (const event of journal.read()) {
    if (event.type === 'opened') state = opening(event);
    else if (state) evolve(state, event);
    else
      throw new JournalError(
        `Expected the journal of ${dir} to begin with \`opened\`, got \`${event.type}\``,
      );
    view.past(event, state);
  }
  return state;
}

/** Scores the seeds: the first event of a run. */
async function begin(world: World, run: Run, hash: string, view: View): Promise<State> {
  const opened = await open(world, run.manifest.settings, hash, view.signal);
  const state = opening(opened);
  await run.journal.append(opened);
  view.start(world.problem, run.dir, world.elapsed);
  run.event(opened, state, world.elapsed() / 1000);
  view.event(opened, state);
  return state;
}

/** Searches until the end or an interruption, then tries the best program on the held-out cases. */
async function go(world: World, state: State, run: Run, view: View, tutor?: Tutor): Promise<Summary> {
  const observe = (event: Parameters<View['event']>[0]): void => {
    run.event(event, state, world.elapsed() / 1000);
    view.event(event, state);
    tutor?.note(event, state);
  };
  const signal = tutor ? AbortSignal.any([view.signal, tutor.failed]) : view.signal;
  let interrupted = false;
  try {
    await search(state, world, run.journal, observe, signal);
  } catch (caught) {
    const error = tutor?.failed.aborted && !view.signal.aborted ? tutor.failed.reason : caught;
    if (error instanceof ModelError) {
      throw new ModelError(`${error.message}; nothing is lost: atoll resume ${run.dir}`, { cause: error });
    }
    if (!view.signal.aborted) throw error;
    interrupted = true;
  }
  const summary = await summarize(world, state, run.dir, interrupted);
  await run.end(summary, state.best);
  view.end(summary, state);
  return summary;
}

/** What a session came to. An interrupted one is not kept waiting for the test. */
export async function summarize(
  world: World,
  state: State,
  run: string | null,
  interrupted: boolean,
): Promise<Summary> {
  const { best, baseline, settings } = state;
  const tested = async ({ id, source, outcome }: Elite): Promise<Summary['best']> => ({
    id,
    score: outcome.score,
    test: interrupted ? null : await heldOut(world.problem, world.evaluator, source),
  });
  const seconds = world.elapsed() / 1000;
  return {
    type: 'summary',
    run,
    problem: world.problem.name,
    seed: settings.seed,
    evaluations: state.evaluations,
    best: await tested(best),
    baseline: await tested(baseline),
    dollars: state.purse.dollars,
    tokens: state.purse.tokens,
    calls: state.purse.calls,
    seconds,
    because: interrupted ? 'interrupted' : state.closed!,
  };
}

/** Score on the held-out cases; null when there are none or the program fails on one. */
export async function heldOut(
  problem: Problem,
  evaluator: Evaluator,
  source: Elite['source'],
): Promise<number | null> {
  if (!problem.cases.some((each) => each.use === 'held-out')) return null;
  return scoreOf(await evaluator.evaluate(source, 'held-out'));
}

/** 20261123-053110: sorts by time. */
function stamp(): string {
  const [day, time] = new Date().toISOString().split('T') as [string, string];
  return `${day.replaceAll('-', '')}-${time.slice(0, 8).replaceAll(':', '')}`;
}
