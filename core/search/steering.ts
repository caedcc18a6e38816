import type { Budgets } from './amendments.ts';
import { expected } from './errors.ts';
import type { Amended, Noted } from './event.ts';

/** How a user steers a running search. What changes the search is an event in its journal when it takes effect. */
export interface Steering {
  /** No more trials begin; running ones finish. Without effect once it stops. */
  pause(): void;
  /** Trials begin again. Without effect once it stops. */
  go(): void;
  /** No trial begins and no model is asked any more: calls in flight are cut and count at their worst price, evaluations finish, then the search ends. */
  stop(): void;
  /** Replaces budgets. @throws ConfigError for one that cannot be, or that cannot hold. */
  amend(budgets: Budgets): void;
  /** Adds a note for models: prompts hold it from the next trial on. @throws ConfigError for an empty or too long one. */
  note(text: string): void;
  readonly state: 'running' | 'paused' | 'stopping';
}

/** The search's end of it. */
export interface SteeringInbox extends Steering {
  /** What was changed since, to be recorded now. */
  drain(): readonly (Amended | Noted)[];
  /** Aborted once the search is to stop. */
  readonly stopping: AbortSignal;
  /** Has `listener` called after each change, in place of the one before. */
  onChange(listener: () => void): void;
}

/** Most characters of a note: it enters every prompt. */
const longest = 1000;

/** Steering for one search. `allow` throws the ConfigError for budgets that cannot be, or that cannot hold in it. */
export function openSteering(allow: (budgets: Budgets) => void = () => {}): SteeringInbox {
  const stop = new AbortController();
  let paused = false;
  let changes: (Amended | Noted)[] = [];
  let listener: () => void = () => {};
  const change = (event: Amended | Noted): void => {
    changes.push(event);
    listener();
  };
  return {
    pause() {
      paused = true;
      listener();
    },
    go() {
      paused = false;
      listener();
    },
    stop() {
      stop.abort(new Error('the search is to stop'));
      listener();
    },
    amend(budgets) {
      allow(budgets);
      change({ type: 'amended', settings: budgets });
    },
    note(given) {
      const text = given.replace(/\s+/g, ' ').trim();
      if (text === '' || text.length > longest)
        throw expected(`a note to have 1 to ${longest} characters`, text.length);
      change({ type: 'noted', text });
    },
    get state() {
      return stop.signal.aborted ? 'stopping' : paused ? 'paused' : 'running';
    },
    drain() {
      const taken = changes;
      changes = [];
      return taken;
    },
    stopping: stop.signal,
    onChange(next) {
      listener = next;
    },
  };
}
