/** One search of the comparison, in its own process: reads its options as JSON and prints its result as a line of JSON. */

import type { SampledGroup } from '../../core/learning/sampled.ts';
import { configure } from '../../core/search/configure.ts';
import type { Event } from '../../core/search/event.ts';
import { open } from '../../core/search/open.ts';
import { search } from '../../core/search/search.ts';
import { initialState } from '../../core/search/state.ts';
import { cached } from '../../evaluators/cache.ts';
import { direct } from '../../test/support/in-process-evaluator.ts';
import { compose, keyFor } from '../../ui/run/compose.ts';
import { findProblem } from '../../ui/run/find-problem.ts';
import { summarize } from '../../ui/run/summarize.ts';
import { processorSeconds } from '../processor.ts';
import { thinned } from '../search/records.ts';
import type { Learned, Wanted } from './records.ts';

const wanted: Wanted = JSON.parse(process.argv[2]!);
const { problem } = await findProblem(wanted.problem);
const settings = configure({ ...wanted.settings, seed: wanted.seed, evaluations: wanted.evaluations });
const world = await compose(problem, settings, {
  workers: 1,
  secondsBefore: 0,
  models: new Map(),
  askers: [],
  ...(wanted.direct ? { evaluator: cached(direct(problem), keyFor(problem), 20_000) } : {}),
});
await using _evaluator = world.evaluator;
await using _learner = world.learner;
const { signal } = new AbortController();
const state = initialState(await open(world, settings, '', signal));
const curve: [number, number][] = [[state.evaluations, state.best.outcome.score]];
const counts = { rollouts: 0, duplicates: 0, trained: 0, promoted: 0, milliseconds: 0 };
const note = (event: Event): void => {
  if (event.type === 'settled' && event.verdict === 'best')
    curve.push([state.evaluations, state.best.outcome.score]);
  if (event.type === 'proposed') {
    const sampled = event.sampled as SampledGroup | undefined;
    for (const { duplicate } of sampled?.rollouts ?? []) {
      counts.rollouts++;
      if (duplicate) counts.duplicates++;
    }
  }
  if (event.type === 'trained') {
    counts.trained++;
    if (event.promoted) counts.promoted++;
    counts.milliseconds += event.milliseconds;
  }
};
await search(state, world, { append: async () => {} }, note, signal);
const cpuSeconds = processorSeconds();
const summary = await summarize(world, state, null, false);
const record: Learned = {
  ...wanted,
  score: state.best.outcome.score,
  test: summary.best.test,
  used: summary.evaluations,
  because: summary.because,
  trials: state.settled,
  seconds: summary.seconds,
  cpuSeconds,
  curve: thinned(curve),
  ...counts,
};
console.log(JSON.stringify(record));
