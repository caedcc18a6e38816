import type { Facts } from '../facts/facts.ts';
import type { RunStatus } from './scene.ts';

/** One budget of a search: what may be used, what is, and when it would be used up. */
export interface BudgetUse {
  readonly budget: 'evaluations' | 'calls' | 'tokens' | 'dollars' | 'minutes';
  readonly used: number;
  /** Null for none. */
  readonly limit: number | null;
  /** In [0, 1]; 0 without a limit. */
  readonly share: number;
  /** Milliseconds until it is used up at the current rate; null if unknown. */
  readonly left: number | null;
}

/** What a search may spend and has spent. */
export function budgetUse({ counts, settings }: Facts, { elapsed, rate, state }: RunStatus): BudgetUse[] {
  const used = { ...counts, minutes: elapsed / 60_000 };
  const ends = state === 'running' || state === 'paused';
  return (['evaluations', 'calls', 'tokens', 'dollars', 'minutes'] as const).map((budget) => {
    const limit = settings[budget];
    const spent = used[budget];
    // Per millisecond: exact for the clock, the recent rate of evaluations, the average since the start for others.
    const pace =
      budget === 'minutes'
        ? 1 / 60_000
        : budget === 'evaluations' && rate !== null
          ? rate / 1000
          : elapsed > 0
            ? spent / elapsed
            : 0;
    const rest = limit === null ? null : Math.max(0, limit - spent);
    return {
      budget,
      used: spent,
      limit,
      share: limit === null || limit === 0 ? 0 : Math.min(1, spent / limit),
      left: rest === null || !ends || pace <= 0 ? null : rest / pace,
    };
  });
}

/** The budget that will be used up first, if known, else the one with the largest share used. */
export function nearest(all: readonly BudgetUse[]): BudgetUse | undefined {
  const limited = all.filter(({ limit }) => limit !== null);
  const told = limited.filter(({ left }) => left !== null).sort((a, b) => a.left! - b.left!);
  return told[0] ?? limited.sort((a, b) => b.share - a.share)[0];
}
