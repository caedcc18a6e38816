import type { SketchedProgram } from '../../../core/search/roles.ts';
import { decode } from '../../../core/text/sketch.ts';
import type { TrialSummary } from './mark.ts';
import type { FilterLog } from './plan.ts';

/** Finds a program in a list, which only grows at its end, that is a near-duplicate of the one with that sketch. */
export type FindNear = (all: readonly SketchedProgram[], sketch: string) => boolean;

/** Maximum number of similar programs. */
export interface Caps {
  /** Children of the same parents. */
  readonly siblings: number;
  /** Programs of one shape, which differ only in numbers. */
  readonly shape: number;
}

/**
 * A diverse selection of trials, the best first: without duplicates by canonical form, without near-duplicates of better
 * programs, and with a limited number of siblings and of programs of one shape.
 */
export function diverse(
  summaries: readonly TrialSummary[],
  near: FindNear,
  caps: Caps,
  into: FilterLog,
): TrialSummary[] {
  const ranked = summaries.toSorted((a, b) => b.reward - a.reward || a.at - b.at);
  const once = into.keep(
    ranked,
    'duplicate',
    'trials',
    'the same program as a better one, but for layout and names',
    first(formIn),
  );
  const met: SketchedProgram[] = [];
  const apart = into.keep(
    once,
    'near-duplicate',
    'trials',
    'a program that says nearly the same as a better one',
    ({ sketch }) => {
      if (sketch === undefined) return true;
      if (near(met, sketch)) return false;
      met.push({ trial: met.length, sketch });
      return true;
    },
  );
  const { siblings, shape } = caps;
  const spread = into.keep(
    apart,
    'siblings',
    'trials',
    `a child of parents with ${siblings} better ones`,
    most(siblings, (summary) => summary.parents.join('+')),
  );
  return into.keep(
    spread,
    'shape',
    'trials',
    `a program that differs from ${shape} better ones in numbers alone`,
    most(shape, shapeIn),
  );
}

function formIn({ id, problem, form }: TrialSummary): string {
  return form === undefined ? id : `${problem} ${form}`;
}

function shapeIn({ id, problem, sketch }: TrialSummary): string {
  return sketch === undefined ? id : `${problem} ${decode(sketch).shape}`;
}

/** Passes the first of each key. */
export function first(keyOf: (summary: TrialSummary) => string): (summary: TrialSummary) => boolean {
  return most(1, keyOf);
}

function most(count: number, keyOf: (summary: TrialSummary) => string): (summary: TrialSummary) => boolean {
  const counts = new Map<string, number>();
  return (summary) => {
    const key = keyOf(summary);
    const before = counts.get(key) ?? 0;
    counts.set(key, before + 1);
    return before < count;
  };
}
