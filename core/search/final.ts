import type { Problem } from './problem.ts';
import type { Elite } from './program.ts';
import { beats } from './ranking.ts';
import type { State } from './state.ts';

/** The program to hand out, and what it is worth on the validation cases; null: it failed on one. */
export interface FinalProgram {
  readonly elite: Elite;
  readonly validation: number | null;
}

/** The program that a search hands out: of those that contended the best on the validation cases, if it has such. */
export function finalProgram({ final, best }: Pick<State, 'final' | 'best'>): Elite {
  return final?.elite ?? best;
}

/** Score that ends a search of a problem. */
export function targetScore({ settings }: Pick<State, 'settings'>, { target }: Problem): number {
  return settings.target ?? target ?? Number.POSITIVE_INFINITY;
}

/** Whether the program that would be handed out reaches the target. */
export function reachesTarget(state: Pick<State, 'settings' | 'final' | 'best'>, problem: Problem): boolean {
  return finalProgram(state).outcome.score >= targetScore(state, problem);
}

/**
 * Whether a child is to be tried on the validation cases: it is better than every program so far, or it reaches the
 * target and what would be handed out does not.
 */
export function isFinalist(child: Elite, state: State, problem: Problem): boolean {
  if (!state.final) return false;
  const target = targetScore(state, problem);
  const reaches = ({ outcome }: Elite): boolean => outcome.score >= target;
  return beats(child, state.best) || (reaches(child) && !reaches(state.final.elite));
}

/** Which of two is handed out: the better one on the validation cases, the later one of equals. */
export function betterFinal<T extends Pick<FinalProgram, 'validation'>>(before: T, after: T): T {
  const { NEGATIVE_INFINITY: failed } = Number;
  return (after.validation ?? failed) >= (before.validation ?? failed) && after.validation !== null
    ? after
    : before;
}
