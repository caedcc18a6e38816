import type { Arm } from './arm.ts';
import type { Event, Opened, Trained } from './event.ts';
import type { Provided } from './provided.ts';
import type { State } from './state.ts';

/** Learns from a search while it runs: sees every event, and answers the scheduler. A search may be without one. */
export interface Learner extends AsyncDisposable {
  /** Takes an event in, in the tick in which it is recorded; `before`: the state that the event has not changed yet. */
  observe(event: Exclude<Event, Opened>, before: State): void;
  /**
   * Continues the training, and returns what is to be recorded now. Waits for a training that is due.
   * @throws whatever ends a training; `signal.reason` when aborted.
   */
  step(state: State, signal: AbortSignal): Promise<readonly Trained[]>;
  /** What the scheduler must know before it begins a trial. */
  plan(): LearnerPlan;
  /** What the operator of a running trial may use, as it was when the trial began; undefined for nothing. */
  provide(trial: number): Provided | undefined;
}

/** What a learner wants to happen, and what has to wait for it. */
interface LearnerPlan {
  /** Whether weights are being trained: an operator that learns begins no trial until then. */
  readonly training: boolean;
  /** The arm that measures new weights, and the fewest evaluations its trial needs. */
  readonly audit?: { readonly arm: Arm; readonly evaluations: number };
}
