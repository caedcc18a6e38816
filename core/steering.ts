import type { Settings } from './config.ts';
import type { Budget } from './event.ts';

/** Budgets that replace those of a search. */
export type Budgets = Partial<Pick<Settings, Budget>>;

/** How a person steers a search that runs. What changes the search is an event in its journal when it takes effect. */
export interface Steering {
  /** No trial begins any more; those under way finish. Nothing once it stops. */
  pause(): void;
  /** Trials begin again. Nothing once it stops. */
  go(): void;
  /** No trial begins and no model is asked any more; what is paid for is finished and recorded, then the search ends. */
  stop(): void;
  /** Replaces budgets. @throws ConfigError for one that is none. */
  amend(budgets: Budgets): void;
  /** Tells models something: it stands in prompts from the next trial on. @throws ConfigError for an empty or too long one. */
  note(text: string): void;
  readonly state: 'running' | 'paused' | 'stopping';
}
