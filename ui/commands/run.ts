import type { Command } from 'commander';
import { configure } from '../../core/search/configure.ts';
import { findProblem } from '../run/find-problem.ts';
import { start } from '../run/session.ts';
import { runWithView } from '../text/view.ts';
import {
  budgetOptions,
  budgetsOf,
  integer,
  outputOptions,
  pairs,
  several,
  tapeOptions,
  trainerOption,
} from './options.ts';

/** `atoll run`: a new search. */
export function run(atoll: Command): void {
  const command = atoll
    .command('run')
    .summary('search for better programs')
    .description(
      'Searches for programs that score higher on a problem than its seeds, in a new run directory.',
    )
    .argument('<problem|path>', 'name of a shipped problem, or path of a problem folder or module')
    .option('--model <spec>', 'a model to ask (docs/models.md); may be repeated', several)
    .option('--seed <n>', 'random seed', integer('--seed', 0))
    .option('--islands <n>', 'number of subpopulations', integer('--islands', 1))
    .option('--workers <n>', 'programs run at a time; all cores by default', integer('--workers', 1))
    .option(
      '--order <order>',
      'strict: deterministic, one seed, one journal; arrival: settle as trials finish',
    )
    .option('--dir <dir>', 'run directory; runs/<problem>-<time> by default')
    .option('--set <key=value>', 'any setting (docs/settings.md); may be repeated', pairs);
  outputOptions(tapeOptions(trainerOption(budgetOptions(command))));
  command.action(async (name: string, options) => {
    const { seed, islands, order, dir, workers, trainer, record, replay } = options;
    const models: readonly string[] = options.model ?? [];
    const given = { ...options.set, seed, islands, order, ...budgetsOf(options) };
    const settings = configure(given, models.length > 0);
    const { problem, path } = await findProblem(name);
    await runWithView(options, (view) =>
      start({ problem, path, settings, dir, workers, models, trainer, tape: { record, replay } }, view),
    );
  });
}
