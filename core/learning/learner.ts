import type { Trained } from '../event.ts';
import type { Batch } from './gather.ts';
import type { Policy } from './policy/policy.ts';

/** What a training came to, but for the time it took. */
export type Taught = Omit<Trained, 'type' | 'milliseconds'>;

/** A policy with what trains it. */
export interface Learner extends AsyncDisposable {
  /** Name of the policy that it trains. */
  readonly policy: string;
  /** The policy as it was trained, or by its prior. @throws JournalError when its checkpoint is gone or was changed. */
  at(trained: Trained | undefined): Policy;
  /** Trains on a batch, off the caller's thread. The same batch from the same weights comes to the same. */
  train(batch: Batch, from: Trained | undefined, signal: AbortSignal): Promise<Taught>;
}

/** Where weights are kept. */
export interface Checkpoints {
  /** Resolves when it will survive a power cut. */
  write(name: string, text: string): Promise<void>;
  /** Undefined where there is none of that name. */
  read(name: string): string | undefined;
}
