import type { Weights } from '../../journal/training-queue.ts';
import type { Batch } from '../batch.ts';

/** Trains the weights of a model, somewhere outside; the batch says on what and how. */
export interface Trainer extends AsyncDisposable {
  /**
   * Makes one step on a batch, from weights that it made before; undefined: from the base model. All or nothing: the
   * weights that come in the end have learnt once from each batch, also from one in which the trainer was stopped or killed.
   * @throws ModelError where trying again will not help; `signal.reason` when aborted.
   */
  train(batch: Batch, from: Weights | undefined, signal: AbortSignal): Promise<Weights>;
  /** Makes weights ready to be asked, however often it is called; resolves to the SPEC of the model with them. @throws ModelError */
  serve(weights: Weights, signal: AbortSignal): Promise<string>;
  /** Removes weights that are not asked any more from the server; does nothing for weights that are not there. */
  retire(weights: Weights): Promise<void>;
}
