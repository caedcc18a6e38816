import { mkdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type { Settings } from '../core/config.ts';
import { ConfigError, JournalError } from '../core/errors.ts';
import type { Event } from '../core/event.ts';
import { open } from '../core/open.ts';
import type { Problem } from '../core/problem.ts';
import { search } from '../core/search.ts';
import { evolve, opening, type State } from '../core/state.ts';
import type { World } from '../core/world.ts';
import { compose } from './compose.ts';
import { findProblem, hashOf } from './find.ts';
import { keep, type Run } from './keep.ts';
import { type Summary, summarize } from './summary.ts';
import type { View } from './show.ts';

export interface StartOptions {
  readonly problem: Problem;
  /** How the problem is found again on resume. */
  readonly path: string;
  readonly settings: Settings;
  readonly dir?: string | undefined;
  readonly workers?: number | undefined;
}

/** A new search in a new run directory. The seeds are scored first, so that a bad problem leaves no directory. */
export async function start(options: StartOptions, view: View): Promise<Summary> {
  const { problem, path, settings } = options;
  const hash = hashOf(problem);
  const world = await compose(problem, settings, { workers: workersOf(options), secondsBefore: 0 });
  await using _evaluator = world.evaluator;
  const opened = await open(world, settings, hash, view.signal);
  const dir = options.dir ?? join('runs', `${problem.name}-${stamp(new Date())}`);
  await using run = await keep(dir, { problem: { name: problem.name, hash, path }, settings });
  const state = opening(opened);
  view.start(problem, dir, world.elapsed);
  run.journal.append(opened);
  run.event(opened, state);
  view.event(opened, state);
  return go(world, state, run, view);
}
