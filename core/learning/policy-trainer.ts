import type { Trained } from '../search/event.ts';
import type { Policy } from './policy/policy.ts';
import type { PolicyBatch } from './rollout-buffer.ts';

/** The result of a training, without its duration. */
type TrainingResult = Omit<Trained, 'type' | 'milliseconds'>;

/** An in-process policy with its trainer. */
export interface PolicyTrainer extends AsyncDisposable {
  /** Name of the policy. */
  readonly policy: string;
  /** The policy after a training, or the prior. @throws JournalError for a missing or changed checkpoint. */
  at(trained: Trained | undefined): Policy;
  /** Trains on a batch, off the caller's thread. The same batch and weights give the same result. */
  train(batch: PolicyBatch, from: Trained | undefined, signal: AbortSignal): Promise<TrainingResult>;
}
