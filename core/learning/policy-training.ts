import type { Trained } from '../search/event.ts';
import type { State } from '../search/state.ts';
import type { PolicyTrainer } from './policy-trainer.ts';
import type { PolicyBatch } from './rollout-buffer.ts';
import type { LearningState } from './state.ts';

/** A batch that is being trained on. */
interface UnderWay {
  readonly batch: PolicyBatch;
  readonly trained: Promise<Trained>;
  /** The result, once there is one. */
  done: Trained | undefined;
}

/** Trains the policy in process batch by batch, beside the search. */
export class PolicyTraining {
  readonly #learning: LearningState;
  readonly #trainer: PolicyTrainer;
  readonly #elapsed: () => number;
  #underWay: UnderWay | undefined;

  /** `elapsed`: the search's clock, in milliseconds. */
  constructor(learning: LearningState, trainer: PolicyTrainer, elapsed: () => number) {
    this.#learning = learning;
    this.#trainer = trainer;
    this.#elapsed = elapsed;
  }

  /**
   * Starts on the batch that waits, and returns the training that is to be recorded now. In strict order that is when it
   * is due, and then it is waited for; else when it is done. Waits too while no trial is under way.
   */
  async step({ settled, settings, pending }: State, signal: AbortSignal): Promise<Trained | undefined> {
    const { batch } = this.#learning.buffer;
    if (!batch) return undefined;
    if (this.#underWay?.batch !== batch) this.#underWay = this.#start(batch, signal);
    const strict = settings.order === 'strict';
    const must = pending.size === 0 || (strict && settled >= batch.due);
    const trained = must ? await this.#underWay.trained : strict ? undefined : this.#underWay.done;
    if (trained) this.#underWay = undefined;
    return trained;
  }

  #start(batch: PolicyBatch, signal: AbortSignal): UnderWay {
    const start = this.#elapsed();
    const from = this.#learning.policies.get(this.#trainer.policy);
    const trained = this.#trainer.train(batch, from, signal).then((result): Trained => {
      const milliseconds = Math.round(this.#elapsed() - start);
      return { type: 'trained', ...result, milliseconds };
    });
    const underWay: UnderWay = { batch, trained, done: undefined };
    // A failure is thrown where the training is waited for.
    trained.then(
      (event) => {
        underWay.done = event;
      },
      () => {},
    );
    return underWay;
  }
}
