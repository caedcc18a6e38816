import type { Weights } from '../../journal/training-queue.ts';
import type { Batch } from '../batch.ts';

/** Trains the weights of a model outside the engine, as a batch says. */
export interface Trainer extends AsyncDisposable {
  /**
   * Takes one step on a batch from earlier weights; undefined: from the base model. All or nothing: the resulting weights
   * were trained once on each batch, also on one during which the trainer was stopped or killed.
   * @throws ModelError where a retry cannot help; `signal.reason` when aborted.
   */
  train(batch: Batch, from: Weights | undefined, signal: AbortSignal): Promise<Weights>;
  /** Makes weights available, idempotently; resolves to the SPEC of the model with them. @throws ModelError */
  serve(weights: Weights, signal: AbortSignal): Promise<string>;
  /** Removes unused weights from the server; does nothing for weights that it does not have. */
  retire(weights: Weights): Promise<void>;
}
