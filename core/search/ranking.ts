import { age, type Elite, type ProgramId } from './program.ts';

/*
 * How scored programs compare, and by what: everything that needs an order, a step or a verdict asks here, so that
 * nothing else reads the number. A problem with several objectives is ranked by its score, which joins them; an
 * archive may keep programs by a rule of its own, such as the front of its objectives.
 */

/** What the total order of programs looks at. */
export interface Standing {
  readonly id: ProgramId;
  readonly score: number;
  /** In characters, over all files. */
  readonly size: number;
}

/** Negative when `a` is the better program: higher score, then smaller, then older. A total order within a run. */
export function compare(a: Standing, b: Standing): number {
  return b.score - a.score || a.size - b.size || age(a.id) - age(b.id);
}

/** `compare` for elites. */
export function better(a: Elite, b: Elite): number {
  return compare(standing(a), standing(b));
}

/** Whether two programs differ in size and age alone. */
export function level(a: Pick<Standing, 'score'>, b: Pick<Standing, 'score'>): boolean {
  return a.score === b.score;
}

/** Whether `a` is better than `b` by what it does, whatever their size and age. */
export function beats({ outcome: a }: Elite, { outcome: b }: Elite): boolean {
  return a.score > b.score;
}

/** The score that a child of these parents, at least one, has to exceed. */
export function scoreToBeat(parents: readonly Elite[]): number {
  return Math.max(...parents.map(({ outcome }) => outcome.score));
}

/** How a child compares with its parents and with the best program so far. */
export function standingAmong(
  child: Elite,
  parents: readonly Elite[],
  best: Elite,
): 'best' | 'improved' | 'scored' {
  if (beats(child, best)) return 'best';
  return child.outcome.score > scoreToBeat(parents) ? 'improved' : 'scored';
}

/** How far a child's score is above that of its best parent, or below it; finite. */
export function stepOver(parents: readonly Elite[], child: Elite): number {
  return difference(child.outcome.score, scoreToBeat(parents));
}

/** How far `a` is ahead of `b`, in units of the score; finite, also where the scores lie at both ends of the number range. */
export function lead(a: Elite, b: Elite): number {
  return difference(a.outcome.score, b.outcome.score);
}

function difference(a: number, b: number): number {
  return Math.min(Math.max(a - b, -Number.MAX_VALUE), Number.MAX_VALUE);
}

function standing({ id, outcome, size }: Elite): Standing {
  return { id, score: outcome.score, size };
}
