import type { Command } from 'commander';
import { readManifest } from '../../core/journal/manifest.ts';
import { configure } from '../../core/search/configure.ts';
import { expected } from '../../core/search/errors.ts';
import { type Rounds, train as trainOn } from '../training/train.ts';
import { budgetsOf, integer, trainerOption } from './options.ts';

/** `atoll train`: trains a model on a run's journal, outside of the search. */
export function train(atoll: Command): void {
  const command = atoll
    .command('train')
    .summary('train a model on a run')
    .description(
      'Trains the model of a run on its answers, outside of the search, which may run at the same time. ' +
        'The new weights are evaluated, and promoted or not, when the run is resumed with --trainer.',
    )
    .argument('<run>', 'run directory')
    .option('--objective <name>', 'loss; training.objective of the run by default')
    .option(
      '--every <n>',
      'minimum answers per batch; training.every of the run by default',
      integer('--every', 2),
    )
    .option('--rounds <n>', 'maximum batches; all available ones by default', integer('--rounds', 1))
    .option('--warm', 'first replay the lineages of the best programs, without running programs')
    .option('--calls <n>', "calls that --warm may make; the rest of the run's budget by default")
    .option('--tokens <n>', 'tokens that --warm may read and write')
    .option('--dollars <x>', 'dollars that --warm may cost')
    .option('--json', 'a line of JSON for each version');
  trainerOption(command);
  command.action(async (dir: string, options) => {
    const { settings, models = [], trainer: kept } = readManifest(dir);
    const trainer: string | undefined = options.trainer ?? kept;
    if (trainer === undefined)
      throw expected('--trainer SPEC, or a run that was started with one', undefined);
    // Checked like any setting.
    const { 'training.objective': objective, 'training.every': every } = configure({
      'training.objective': options.objective ?? settings['training.objective'],
      'training.every': options.every ?? settings['training.every'],
    });
    const most = options.rounds ?? Number.POSITIVE_INFINITY;
    const budget = budgetsOf(options);
    if (!options.warm && Object.keys(budget).length > 0)
      throw expected('--warm with --calls, --tokens and --dollars', 'none');
    const rounds: Rounds = { objective, every, most, warm: options.warm ? budget : undefined };
    await trainOn(dir, trainer, models, rounds, options.json === true);
  });
}
