import type { Components } from './components.ts';
import { Cutoff } from './cutoff.ts';
import { ModelError } from './errors.ts';
import type { Event, Opened } from './event.ts';
import { applyEvent } from './fold.ts';
import type { Journal } from './journal.ts';
import type { Rejection } from './roles.ts';
import { nextEvent } from './schedule.ts';
import type { State } from './state.ts';
import { openSteering, type SteeringInbox } from './steering.ts';
import { runTrial, settleTrial } from './trial.ts';
import { TrialPool } from './trial-pool.ts';
import { validate } from './validation.ts';

/**
 * Runs a search to its end: takes the decisions that are due, starts trials, and settles them one by one. Each event is
 * folded, journaled and passed to `observe` in the same tick. Returns when the search is closed, or was stopped through
 * `steering`; in the latter case trials may still be running.
 * One idea: the loop of a search, whose steps share its state.
 * @throws JournalError, ModelError, SandboxError; `signal.reason` when aborted. In each case the journal can be resumed.
 */
export async function search(
  state: State,
  world: Components,
  journal: Pick<Journal, 'append'>,
  observe: (event: Event) => void,
  signal: AbortSignal,
  steering: SteeringInbox = openSteering(),
): Promise<void> {
  const { learner } = world;
  let failure: unknown;
  using cutoff = new Cutoff(state, world);
  let change = Promise.withResolvers<void>();
  const record = (event: Exclude<Event, Opened>): Promise<void> => {
    learner?.observe(event, state);
    applyEvent(state, event);
    cutoff.check();
    change.resolve();
    change = Promise.withResolvers();
    const durable = journal.append(event);
    durable.catch((error) => {
      failure ??= error;
    });
    observe(event);
    return durable;
  };
  const stop = new AbortController();
  const ending = AbortSignal.any([signal, stop.signal]);
  const leaving = AbortSignal.any([ending, steering.stopping]);
  const scene = {
    state,
    world,
    failing: false,
    changed: () => change.promise,
    signal: ending,
    leaving,
    cutoff,
  };
  const pool = new TrialPool<Rejection | undefined>(state.settings.order, record, steering.stopping);
  const wake = (): void => pool.wake();
  steering.onChange(wake);
  signal.addEventListener('abort', wake);
  try {
    for (;;) {
      const validated = await validate(state, world, ending);
      if (validated) record(validated);
      for (const trained of (await learner?.step(state, ending)) ?? []) record(trained);
      for (const event of steering.drain()) record(event);
      // Asked again each time: an observer of an event may pause the search.
      const next = () => nextEvent(state, world, steering.state === 'running');
      for (let event = next(); event; event = next()) record(event);
      for (const pending of state.pending.values()) {
        if (!pool.has(pending.trial)) pool.start(pending.trial, runTrial(pending, scene));
      }
      if (pool.drained && (steering.state !== 'paused' || state.closed)) return;
      // While no trial runs, a pause costs no time.
      using _ = pool.drained ? world.stopClock() : null;
      const finished = await pool.next();
      if (failure) throw failure;
      signal.throwIfAborted();
      if (!finished) continue;
      const { trial, facts, result } = finished;
      for (const fact of facts) record(fact);
      record(settleTrial(trial, result, state, world));
    }
  } catch (error) {
    // Calls in flight are paid for: their answers are awaited and recorded before the search ends.
    if (error instanceof ModelError) {
      scene.failing = true;
      await pool.idle();
    }
    throw error;
  } finally {
    signal.removeEventListener('abort', wake);
    stop.abort(new Error('the search has ended'));
  }
}
