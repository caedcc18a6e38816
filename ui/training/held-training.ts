import { join } from 'node:path';
import { lock } from '../../core/journal/lock.ts';
import { tailJournal } from '../../core/journal/tail.ts';
import { TrainingQueue } from '../../core/journal/training-queue.ts';
import { openTrainer, trainedBy } from '../../core/learning/trainers/open.ts';
import type { Trainer } from '../../core/learning/trainers/trainer.ts';
import { Training } from '../../core/learning/trainers/training.ts';
import { ConfigError } from '../../core/search/errors.ts';
import type { Event } from '../../core/search/event.ts';
import type { Settings } from '../../core/search/settings.ts';
import type { CassetteOptions } from '../run/open-models.ts';

/** Where a run keeps what was trained on what. */
export const queueOf = (dir: string): string => join(dir, 'checkpoints', 'queue.jsonl');

/** Where a run keeps answers that are drawn in pieces. */
export const partialSamplesIn = (dir: string): string => join(dir, 'checkpoints', 'parked.jsonl');

/** The events of a run that came since the last time, also while it is written. */
function newsOf(dir: string): () => AsyncGenerator<Event> {
  const never = new AbortController().signal;
  let place = 0;
  return async function* () {
    for await (const { events, to } of tailJournal(dir, place, () => true, never)) {
      yield* events;
      place = to;
    }
  };
}

/** A run's training, held by this process. */
export interface HeldTraining extends AsyncDisposable {
  readonly model: string;
  readonly trainer: Trainer;
  readonly training: Training;
}

/**
 * Takes hold of a run's training.
 * @throws ConfigError where another process has it, and where the trainer does not go with the models.
 */
export async function holdTraining(
  dir: string,
  text: string,
  models: readonly string[],
  settings: Pick<Settings, 'training.every' | 'training.objective'>,
): Promise<HeldTraining> {
  const model = trainedBy(text, models);
  const trainer = await openTrainer(text, model, join(dir, 'checkpoints'), process.env);
  const queue = await TrainingQueue.open(queueOf(dir));
  const held = await lock(join(dir, 'checkpoints'));
  const config = { model, objective: settings['training.objective'], every: settings['training.every'] };
  return {
    model,
    trainer,
    training: new Training(newsOf(dir), queue, trainer, config),
    async [Symbol.asyncDispose]() {
      await trainer[Symbol.asyncDispose]();
      await queue[Symbol.asyncDispose]();
      await held[Symbol.asyncDispose]();
    },
  };
}

/** Refuses what a search cannot do that trains a model outside, before there is a run. @throws ConfigError */
export function checkTraining(
  trainer: string,
  models: readonly string[],
  { order }: Pick<Settings, 'order'>,
  tape: CassetteOptions | undefined,
): void {
  trainedBy(trainer, models);
  if (order === 'strict')
    throw new ConfigError(
      'Expected --order arrival with --trainer, got strict: when weights come depends on the trainer',
    );
  if (tape?.replay !== undefined) throw new ConfigError('Expected one of --trainer and --replay, got both');
}
