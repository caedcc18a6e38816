import type { TrialSummary } from './mark.ts';

/** Which of its texts a trial is textKind by. */
export type TextKind = 'verbatim' | 'synthetic';

/** An example of a data set, decided on and not written yet. */
export interface Plan {
  /** The trials it is made of, in the order that its kind gives them. */
  readonly summaries: readonly TrialSummary[];
  readonly textKind: TextKind;
  /** Programs that it is about besides those of its trials and their parents. */
  readonly also?: readonly string[];
  /** What is kept first where not all can be: higher is better. */
  readonly priority: number;
}

/** A filter of an export, and how much it took. */
interface Filter {
  readonly filter: string;
  /** What it takes out, in words. */
  readonly takes: string;
  readonly of: 'trials' | 'examples';
  removed: number;
}

/** The filters of an export in the order in which they were first used, and how much each took. */
export interface FilterLog {
  readonly filters: readonly Filter[];
  /** Counts what a filter took. */
  count(filter: string, of: Filter['of'], takes: string, removed: number): void;
  /** Those of a list that pass. */
  keep<T>(
    list: readonly T[],
    filter: string,
    of: Filter['of'],
    takes: string,
    passes: (each: T) => boolean,
  ): T[];
}

/** A ledger without entries. */
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

/** The key of the prompt by which a trial is textKind. */
export function keyOf(summary: TrialSummary, textKind: TextKind): string | undefined {
  return summary.keys[textKind];
}

/** The text a trial is textKind by where it stands alone: what its model was asked and said, if it has one. */
export function bestTextKind({ keys }: TrialSummary): TextKind {
  return keys.verbatim === undefined ? 'synthetic' : 'verbatim';
}
