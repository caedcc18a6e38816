import type { Components } from './components.ts';
import type { State } from './state.ts';

/** Where a trial takes place. */
export interface TrialContext {
  /** Read at any moment, written by the fold alone. */
  readonly state: State;
  readonly world: Components;
  /** Whether the search is about to end with an error: what is paid for is still recorded, and nothing more is asked. */
  readonly failing: boolean;
  /** Resolves once something was recorded. */
  changed(): Promise<void>;
  readonly signal: AbortSignal;
  /** Aborted, at the latest with `signal`, once no model is to be asked any more: a trial that wants to, throws its reason. */
  readonly leaving: AbortSignal;
  /** Cuts calls once nothing more is to be paid for. */
  readonly cutoff: { readonly signal: AbortSignal };
}
