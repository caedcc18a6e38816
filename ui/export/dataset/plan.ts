import type { TrialSummary } from './mark.ts';

/** Which of a trial's texts an example uses. */
export type TextKind = 'verbatim' | 'synthetic';

/** A chosen example of a data set, before it is written. */
export interface Plan {
  /** Its trials, in the order of its kind. */
  readonly summaries: readonly TrialSummary[];
  readonly textKind: TextKind;
  /** Programs in its rows besides those of its trials and their parents. */
  readonly also?: readonly string[];
  /** Higher is kept first where a limit applies. */
  readonly priority: number;
}

/** A filter of an export, and the number of items that it removed. */
interface Filter {
  readonly filter: string;
  /** The items that it removes, in words. */
  readonly takes: string;
  readonly of: 'trials' | 'examples';
  removed: number;
}

/** The filters of an export in the order of their first use, with their counts. */
export interface FilterLog {
  readonly filters: readonly Filter[];
  /** Adds to the count of a filter. */
  count(filter: string, of: Filter['of'], takes: string, removed: number): void;
  /** The elements of a list that pass; counts the others. */
  keep<T>(
    list: readonly T[],
    filter: string,
    of: Filter['of'],
    takes: string,
    passes: (each: T) => boolean,
  ): T[];
}

/** An empty log. */
export function filterLog(): FilterLog {
  const filters: Filter[] = [];
  const count: FilterLog['count'] = (filter, of, takes, removed) => {
    const known = filters.find((each) => each.filter === filter);
    if (known) known.removed += removed;
    else filters.push({ filter, of, takes, removed });
  };
  return {
    filters,
    count,
    keep(list, filter, of, takes, passes) {
      const kept = list.filter(passes);
      count(filter, of, takes, list.length - kept.length);
      return kept;
    },
  };
}

/** The key of a trial's prompt in a text. */
export function keyOf(summary: TrialSummary, textKind: TextKind): string | undefined {
  return summary.keys[textKind];
}

/** The preferred text of a trial in an example of its own: verbatim, if it has one. */
export function bestTextKind({ keys }: TrialSummary): TextKind {
  return keys.verbatim === undefined ? 'synthetic' : 'verbatim';
}
