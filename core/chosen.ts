import type { Problem } from './problem.ts';
import type { Elite } from './program.ts';
import { beats } from './ranking.ts';
import type { State } from './state.ts';

/** The program to hand out, and what it is worth on the validation cases; null: it failed on one. */
export interface Chosen {
  readonly elite: Elite;
  readonly validation: number | null;
}

/** The program that a search hands out: of those that contended the best on the validation cases, if it has such. */
export function handedOut({ chosen, best }: Pick<State, 'chosen' | 'best'>): Elite {
  return chosen?.elite ?? best;
}

/** Score that ends a search of a problem. */
export function targetOf({ settings }: Pick<State, 'settings'>, { target }: Problem): number {
  return settings.target ?? target ?? Number.POSITIVE_INFINITY;
}

/** Whether the program that would be handed out reaches the target. */
export function reachesTarget(state: Pick<State, 'settings' | 'chosen' | 'best'>, problem: Problem): boolean {
  return handedOut(state).outcome.score >= targetOf(state, problem);
}

/**
 * Whether a child is to be tried on the validation cases: it is better than every program so far, or it reaches the
 * target and what would be handed out does not.
 */
export function contends(child: Elite, state: State, problem: Problem): boolean {
  if (!state.chosen) return false;
  const target = targetOf(state, problem);
  const reaches = ({ outcome }: Elite): boolean => outcome.score >= target;
  return beats(child, state.best) || (reaches(child) && !reaches(state.chosen.elite));
}

/** Which of two is handed out: the better one on the validation cases, the later one of equals. */
export function chosenOf<T extends Pick<Chosen, 'validation'>>(before: T, after: T): T {
  const { NEGATIVE_INFINITY: failed } = Number;
  return (after.validation ?? failed) >= (before.validation ?? failed) && after.validation !== null
    ? after
    : before;
}
