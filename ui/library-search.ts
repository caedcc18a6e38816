import { availableParallelism } from 'node:os';
import { defineProblem } from '../core/languages/define-problem.ts';
import { languageNamed } from '../core/languages/registry.ts';
import { configure } from '../core/search/configure.ts';
import type { Event, Opened } from '../core/search/event.ts';
import { finalProgram } from '../core/search/final.ts';
import { open } from '../core/search/open.ts';
import type { ProblemDraft } from '../core/search/problem.ts';
import { search as run } from '../core/search/search.ts';
import type { Settings } from '../core/search/settings.ts';
import { initialState } from '../core/search/state.ts';
import { noAnswers, noteAnswer } from './facts/answers.ts';
import { compose } from './run/compose.ts';
import { openModels } from './run/open-models.ts';
import { withNames } from './run/operators.ts';
import { hashOf } from './run/problem-hash.ts';
import { summarize } from './run/summarize.ts';
import type { Summary } from './run/summary.ts';

/** Any settings, the models to ask by spec, and how many programs run at a time (all cores by default). */
export type SearchOptions = Partial<Settings> & {
  readonly models?: readonly string[];
  readonly workers?: number;
  readonly signal?: AbortSignal;
};

/** As `search` of the library says. */
export async function* search(
  draft: ProblemDraft,
  { models = [], workers = availableParallelism(), signal, ...given }: SearchOptions = {},
): AsyncGenerator<Event | Found, void> {
  const problem = defineProblem(draft);
  const settings = withNames(configure(given, models.length > 0), languageNamed(problem.language));
  await using asked = await openModels({ models, settings });
  const world = await compose(problem, settings, {
    workers,
    secondsBefore: 0,
    models: asked.all,
    askers: models,
  });
  await using _evaluator = world.evaluator;
  await using _learner = world.learner;
  const left = new AbortController();
  const stop = signal ? AbortSignal.any([signal, left.signal]) : left.signal;
  const opened = await open(world, settings, hashOf(problem), stop);
  const state = initialState(opened);
  const events: Event[] = [opened];
  let wake: () => void = () => {};
  let done = false;
  const answers = noAnswers();
  const observe = (event: Event): void => {
    // The engine brings nothing but what follows the opening.
    noteAnswer(answers, event as Exclude<Event, Opened>);
    events.push(event);
    wake();
  };
  const ended = run(state, world, unkept, observe, stop).finally(() => {
    done = true;
    wake();
  });
  ended.catch(() => {});
  try {
    for (;;) {
      yield* events.splice(0);
      // More may have come while the caller was busy.
      if (events.length > 0) continue;
      if (done) break;
      await new Promise<void>((resolve) => {
        wake = resolve;
        if (events.length > 0 || done) resolve();
      });
    }
    await ended;
    const summary = await summarize(world, state, null, false, answers);
    yield { ...summary, program: finalProgram(state).source };
  } finally {
    left.abort(new Error('the search was left'));
  }
}

/** Events are handed to the caller and kept nowhere else. */
const unkept = { append: async (): Promise<void> => {} };

/** The last thing a search yields: its summary, with the best program's files. */
export type Found = Summary & { readonly program: Readonly<Record<string, string>> };
