import type { Collected } from './collect.ts';
import { cut, type Holds, sideOf } from './cut.ts';
import type { Choosing, Kind } from './kind.ts';
import type { Plan } from './plan.ts';

/** Examples by file, in the order of their rows. */
export interface Chosen {
  readonly train: readonly Plan[];
  readonly test: readonly Plan[];
}

/** The user's choice of a data set's size. */
export interface Share {
  /** Maximum number of examples. */
  readonly limit: number;
  /** Share of the examples to hold out, in [0, 1). */
  readonly heldOut: number;
}

/** The examples of a kind: filtered, limited by priority, and split by lineage. */
export function choose(
  kind: Kind,
  { summaries, parents, into }: Collected,
  choosing: Omit<Choosing, 'into'>,
  { limit, heldOut }: Share,
): Chosen {
  const plans = kind.plans(summaries, { ...choosing, into });
  const ranked = plans.toSorted((a, b) => b.priority - a.priority || placeOf(a) - placeOf(b));
  const kept = ranked.slice(0, limit).sort((a, b) => placeOf(a) - placeOf(b));
  into.count(
    'limit',
    'examples',
    `beyond the limit of ${limit}, with lower priority`,
    plans.length - kept.length,
  );
  const held = cut(kept.map(holdsOf), parents, heldOut);
  const sides = kept.map((plan) => sideOf(holdsOf(plan), held));
  const crossing = sides.filter((side) => side === undefined).length;
  into.count('cut', 'examples', 'would carry a held-out program into training', crossing);
  return {
    train: kept.filter((_, i) => sides[i] === 'train'),
    test: kept.filter((_, i) => sides[i] === 'test'),
  };
}

function placeOf({ summaries }: Plan): number {
  return summaries[0]!.at;
}

/** Every program in an example's rows. */
function holdsOf({ summaries, textKind, also = [] }: Plan): Holds {
  const about = summaries.flatMap(({ id, parents, repairs }) => [
    id,
    ...parents,
    ...(repairs === undefined ? [] : [repairs]),
  ]);
  return {
    own: [...new Set([...about, ...also])],
    shown: textKind === 'verbatim' ? [...new Set(summaries.flatMap(({ shown }) => shown))] : [],
  };
}
