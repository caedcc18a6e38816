import type { Command } from 'commander';
import { resume as goOn } from '../run/session.ts';
import { runWithView } from '../text/view.ts';
import { budgetOptions, budgetsOf, integer, outputOptions, tapeOptions, trainerOption } from './options.ts';

/** `atoll resume`: continues a search, after an interruption or with a larger budget. */
export function resume(atoll: Command): void {
  const command = atoll
    .command('resume')
    .summary('continue a search')
    .description(
      'Continues a search where it stopped, however it stopped; with a new budget if one is given.',
    )
    .argument('<run>', 'run directory')
    .option('--problem <path>', 'where the problem of the run is now, if it was moved')
    .option('--rescore', 'score the current programs again: for a problem that was changed')
    .option('--workers <n>', 'programs run at a time; all cores by default', integer('--workers', 1));
  outputOptions(tapeOptions(trainerOption(budgetOptions(command))));
  command.action(async (dir: string, options) => {
    const { problem, workers, rescore, trainer, record, replay } = options;
    const budgets = budgetsOf(options);
    await runWithView(options, (view) =>
      goOn({ dir, problem, workers, budgets, rescore, trainer, tape: { record, replay } }, view),
    );
  });
}
