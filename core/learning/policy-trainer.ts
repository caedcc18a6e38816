import type { Trained } from '../search/event.ts';
import type { Policy } from './policy/policy.ts';
import type { PolicyBatch } from './rollout-buffer.ts';

/** What a training came to, but for the time it took. */
type TrainingResult = Omit<Trained, 'type' | 'milliseconds'>;

/** A policy in process, with what trains it. */
export interface PolicyTrainer extends AsyncDisposable {
  /** Name of the policy. */
  readonly policy: string;
  /** The policy as it was trained, or by its prior. @throws JournalError when its checkpoint is gone or was changed. */
  at(trained: Trained | undefined): Policy;
  /** Trains on a batch, off the caller's thread. The same batch from the same weights gives the same result. */
  train(batch: PolicyBatch, from: Trained | undefined, signal: AbortSignal): Promise<TrainingResult>;
}
