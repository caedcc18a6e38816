import type { Problem } from './problem.ts';
import type { Elite } from './program.ts';
import { beats } from './ranking.ts';
import type { Settings } from './settings.ts';

/** A program that may be returned, and its score on the validation cases; null: it failed on one. */
export interface FinalProgram {
  readonly elite: Elite;
  readonly validation: number | null;
}

/** As much of a search's state as says which program it returns. */
export interface Finals {
  readonly settings: Pick<Settings, 'target'>;
  /** The best of the finalists on the validation cases; undefined for a problem without such cases. */
  readonly final: FinalProgram | undefined;
  readonly best: Elite;
}

/** The program that a search returns: the best finalist on the validation cases if there are such, else the best program. */
export function finalProgram({ final, best }: Pick<Finals, 'final' | 'best'>): Elite {
  return final?.elite ?? best;
}

/** Score that ends a search of a problem. */
function targetScore({ settings }: Pick<Finals, 'settings'>, { target }: Problem): number {
  return settings.target ?? target ?? Number.POSITIVE_INFINITY;
}

/** Whether the program that would be returned reaches the target. */
export function reachesTarget(state: Finals, problem: Problem): boolean {
  return finalProgram(state).outcome.score >= targetScore(state, problem);
}

/**
 * Whether a child is a finalist, to be scored on the validation cases: it is better than every program so far, or it
 * reaches the target and the program that would be returned does not.
 */
export function isFinalist(child: Elite, state: Finals, problem: Problem): boolean {
  if (!state.final) return false;
  const target = targetScore(state, problem);
  const reaches = ({ outcome }: Elite): boolean => outcome.score >= target;
  return beats(child, state.best) || (reaches(child) && !reaches(state.final.elite));
}

/** Which of two is returned: the better one on the validation cases, the later one of equals. */
export function betterFinal<T extends Pick<FinalProgram, 'validation'>>(before: T, after: T): T {
  const { NEGATIVE_INFINITY: failed } = Number;
  return (after.validation ?? failed) >= (before.validation ?? failed) && after.validation !== null
    ? after
    : before;
}
