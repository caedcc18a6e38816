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
 * Searches until nothing more is due: decide what is due, let the trials under way find out what they want to
 * know, settle them one by one. Every event is folded, journaled and shown to `observe` in the same tick.
 * Returns when the search is closed, or was stopped from `helm`; then trials may be under way still.
 * @throws JournalError, ModelError, SandboxError; `signal.reason` when aborted. In each case the journal can be resumed.
 */
export async function search(
  state: State,
  world: Components,
  journal: Pick<Journal, 'append'>,
  observe: (event: Event) => void,
  signal: AbortSignal,
  helm: SteeringInbox = openSteering(),
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
  const leaving = AbortSignal.any([ending, helm.stopping]);
  const scene = {
    state,
    world,
    failing: false,
    changed: () => change.promise,
    signal: ending,
    leaving,
    cutoff,
  };
  const lanes = new TrialPool<Rejection | undefined>(state.settings.order, record, helm.stopping);
  const nudge = (): void => lanes.wake();
  helm.onChange(nudge);
  signal.addEventListener('abort', nudge);
  try {
    for (;;) {
      const validated = await validate(state, world, ending);
      if (validated) record(validated);
      for (const trained of (await learner?.step(state, ending)) ?? []) record(trained);
      for (const event of helm.drain()) record(event);
      // Asked anew each time: whoever observes an event may pause.
      const next = () => nextEvent(state, world, helm.state === 'running');
      for (let event = next(); event; event = next()) record(event);
      for (const pending of state.pending.values()) {
        if (!lanes.has(pending.trial)) lanes.start(pending.trial, runTrial(pending, scene));
      }
      if (lanes.drained && (helm.state !== 'paused' || state.closed)) return;
      // While nothing is under way, a pause costs no time.
      using _ = lanes.drained ? world.stopClock() : null;
      const finished = await lanes.next();
      if (failure) throw failure;
      signal.throwIfAborted();
      if (!finished) continue;
      const { trial, facts, result } = finished;
      for (const fact of facts) record(fact);
      record(settleTrial(trial, result, state, world));
    }
  } catch (error) {
    // Answers under way are paid for: they are waited for and recorded before the search ends.
    if (error instanceof ModelError) {
      scene.failing = true;
      await lanes.idle();
    }
    throw error;
  } finally {
    signal.removeEventListener('abort', nudge);
    stop.abort(new Error('the search has ended'));
  }
}
