import type { Event, Opened, Settled, Trained } from '../search/event.ts';
import type { State } from '../search/state.ts';
import { afterPromotion, afterTrial } from './external-training.ts';
import { addRollouts, afterTraining } from './rollout-buffer.ts';
import type { SampledGroup } from './sampled.ts';
import type { LearningState } from './state.ts';

/**
 * Applies an event to the learning state; `before`: the state of the search before the event, in which a settling trial is
 * still in flight. Deterministic: no decision, no clock, no randomness.
 */
export function learn(learning: LearningState, event: Exclude<Event, Opened>, before: State): void {
  switch (event.type) {
    case 'begun': {
      const cases = event.audits === undefined ? {} : { cases: learning.external.heldOut };
      const { settled } = before;
      learning.trials.set(event.trial, { policies: learning.policies, settled, ...cases });
      break;
    }
    case 'settled':
      settled(learning, event, before);
      break;
    case 'trained':
      trained(learning, event, before);
  }
}

function settled(learning: LearningState, event: Settled, before: State): void {
  const pending = before.pending.get(event.trial)!;
  const { cases } = learning.trials.get(event.trial)!;
  learning.trials.delete(event.trial);
  learning.external = afterTrial(learning.external, event, { ...pending, cases }, before);
  // Only the policy operator writes this field.
  const sampled = pending.proposal?.sampled as SampledGroup | undefined;
  if (!sampled) return;
  const { settings } = before;
  learning.buffer = addRollouts(learning.buffer, sampled, event, { settings, settled: before.settled + 1 });
}

/** Promoted weights are in use from here on. */
function trained(learning: LearningState, event: Trained, before: State): void {
  if (event.promoted) learning.policies = new Map(learning.policies).set(event.policy, event);
  if (event.model === undefined) learning.buffer = afterTraining(learning.buffer, before);
  else learning.external = afterPromotion(learning.external, event, event.model);
}
