import { evaluationsLeft, promised } from './budget.ts';
import type { State } from './state.ts';

/** Calls that a lesson needs to be of use: its own, that of the trial which draws it, and that of one which reads it. */
const callsNeeded = 3;

/**
 * Whether the next trial of a model should begin by drawing a lesson: one is due, and the budgets leave room for a
 * later trial to read it. Money is judged by what a call has cost on average so far.
 */
export function lessonDue(state: State): boolean {
  const { settings, spending, sinceLesson } = state;
  if (settings.reflectEvery === 0 || sinceLesson < settings.reflectEvery) return false;
  // Its own child, and that of the trial that reads it.
  if (evaluationsLeft(state) < 2) return false;
  const inFlight = promised(state);
  const waiting = Array.from(state.pending.values()).filter(
    ({ arm, callInFlight, proposal }) => arm.model !== undefined && !callInFlight && !proposal,
  ).length;
  const calls = callsNeeded + waiting;
  const left = (budget: number | null, spent: number, set: number): number =>
    budget === null ? Number.POSITIVE_INFINITY : budget - spent - set;
  const sum = (key: 'tokens' | 'dollars'): number => inFlight.reduce((total, cost) => total + cost[key], 0);
  return (
    left(settings.calls, spending.calls, 0) >= calls &&
    (['tokens', 'dollars'] as const).every(
      (key) =>
        left(settings[key], spending[key], sum(key)) >= (spending[key] / Math.max(1, spending.calls)) * calls,
    )
  );
}
