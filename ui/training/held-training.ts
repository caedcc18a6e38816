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

/** Path of a run's queue of training batches. */
export const queueOf = (dir: string): string => join(dir, 'checkpoints', 'queue.jsonl');

/** Path of a run's partially sampled answers. */
export const partialSamplesIn = (dir: string): string => join(dir, 'checkpoints', 'parked.jsonl');

/** On each call, the events of a run since the last call, also while the run is being written. */
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

/** A run's training, locked by this process. */
export interface HeldTraining extends AsyncDisposable {
  readonly model: string;
  readonly trainer: Trainer;
  readonly training: Training;
}

/**
 * Locks and opens a run's training.
 * @throws ConfigError where another process holds it, and for a trainer that does not fit the models.
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

/** Checks the options of a search with an external trainer, before there is a run. @throws ConfigError */
export function checkTraining(
  trainer: string,
  models: readonly string[],
  { order }: Pick<Settings, 'order'>,
  cassette: CassetteOptions | undefined,
): void {
  trainedBy(trainer, models);
  if (order === 'strict')
    throw new ConfigError(
      'Expected --order arrival with --trainer, got strict: the time at which weights arrive depends on the trainer',
    );
  if (cassette?.replay !== undefined)
    throw new ConfigError('Expected one of --trainer and --replay, got both');
}
