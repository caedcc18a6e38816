import type { Trained } from '../event.ts';
import type { State } from '../state.ts';
import type { World } from '../world.ts';
import type { Batch } from './gather.ts';

/** A batch that is being learnt from. */
interface Under {
  readonly batch: Batch;
  readonly trained: Promise<Trained>;
  /** What came of it, once it is over. */
  done: Trained | undefined;
}

/** Has batches learnt from beside the search, and records what came of them when it is their turn. */
export class Study {
  readonly #state: State;
  readonly #world: World;
  readonly #record: (event: Trained) => Promise<void>;
  readonly #signal: AbortSignal;
  #under: Under | undefined;

  constructor(state: State, world: World, record: (event: Trained) => Promise<void>, signal: AbortSignal) {
    this.#state = state;
    this.#world = world;
    this.#record = record;
    this.#signal = signal;
  }

  /**
   * Begins the batch that waits, and records one that is over: in strict order when it is due, be it waited for; else
   * when it came. Waits too where nothing else is under way.
   */
  async turn(): Promise<void> {
    const { learning, settled, settings, pending } = this.#state;
    const { batch } = learning;
    if (!batch || !this.#world.learner) return;
    if (this.#under?.batch !== batch) this.#under = this.#begin(batch);
    const strict = settings.order === 'strict';
    const must = pending.size === 0 || (strict && settled >= batch.due);
    const trained = must ? await this.#under.trained : strict ? undefined : this.#under.done;
    if (!trained) return;
    this.#under = undefined;
    this.#record(trained);
  }

  #begin(batch: Batch): Under {
    const learner = this.#world.learner!;
    const start = this.#world.elapsed();
    const from = this.#state.policies.get(learner.policy);
    const trained = learner.train(batch, from, this.#signal).then((taught): Trained => {
      const milliseconds = Math.round(this.#world.elapsed() - start);
      return { type: 'trained', ...taught, milliseconds };
    });
    const under: Under = { batch, trained, done: undefined };
    // A failure is met by whoever waits for it.
    trained.then(
      (event) => {
        under.done = event;
      },
      () => {},
    );
    return under;
  }
}
