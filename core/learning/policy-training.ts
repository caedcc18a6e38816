import type { Trained } from '../search/event.ts';
import type { State } from '../search/state.ts';
import type { PolicyTrainer } from './policy-trainer.ts';
import type { PolicyBatch } from './rollout-buffer.ts';
import type { LearningState } from './state.ts';

/** A batch that is being trained on. */
interface RunningTraining {
  readonly batch: PolicyBatch;
  readonly trained: Promise<Trained>;
  /** The result, once there is one. */
  done: Trained | undefined;
}

/** Trains the in-process policy batch by batch while the search runs. */
export class PolicyTraining {
  readonly #learning: LearningState;
  readonly #trainer: PolicyTrainer;
  readonly #elapsed: () => number;
  #running: RunningTraining | undefined;

  /** `elapsed`: the search's clock, in milliseconds. */
  constructor(learning: LearningState, trainer: PolicyTrainer, elapsed: () => number) {
    this.#learning = learning;
    this.#trainer = trainer;
    this.#elapsed = elapsed;
  }

  /**
   * Starts training on the pending batch and returns the training to be recorded now. In strict order a training is awaited
   * and recorded when it is due, otherwise when it has finished. It is also awaited while no trial is in flight.
   */
  async step({ settled, settings, pending }: State, signal: AbortSignal): Promise<Trained | undefined> {
    const { batch } = this.#learning.buffer;
    if (!batch) return undefined;
    if (this.#running?.batch !== batch) this.#running = this.#start(batch, signal);
    const strict = settings.order === 'strict';
    const must = pending.size === 0 || (strict && settled >= batch.due);
    const trained = must ? await this.#running.trained : strict ? undefined : this.#running.done;
    if (trained) this.#running = undefined;
    return trained;
  }

  #start(batch: PolicyBatch, signal: AbortSignal): RunningTraining {
    const start = this.#elapsed();
    const from = this.#learning.policies.get(this.#trainer.policy);
    const trained = this.#trainer.train(batch, from, signal).then((result): Trained => {
      const milliseconds = Math.round(this.#elapsed() - start);
      return { type: 'trained', ...result, milliseconds };
    });
    const running: RunningTraining = { batch, trained, done: undefined };
    // A failure is thrown where the training is awaited.
    trained.then(
      (event) => {
        running.done = event;
      },
      () => {},
    );
    return running;
  }
}
