import type { State } from './state.ts';
import type { World } from './world.ts';

/** Where a trial takes place. */
export interface Scene {
  /** Read at any moment, written by nobody but the fold. */
  readonly state: State;
  readonly world: World;
  /** Resolves once something was recorded. */
  changed(): Promise<void>;
  readonly signal: AbortSignal;
}
