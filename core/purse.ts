import type { Settings } from './config.ts';
import type { Cost } from './model.ts';
import type { Short } from './roles.ts';

/** What was spent on models. */
export interface Purse {
  /** Calls made, those that came to nothing and those under way among them. */
  readonly calls: number;
  /** Of calls that are over. */
  readonly tokens: number;
  /** Of calls that are over. */
  readonly dollars: number;
  /** The budget that proved too small for one more call. */
  readonly short?: Short;
}

export const emptyPurse: Purse = { calls: 0, tokens: 0, dollars: 0 };

/** The purse once a call is over. */
export function settleCall(purse: Purse, cost: Cost): Purse {
  return { ...purse, tokens: purse.tokens + cost.tokens, dollars: purse.dollars + cost.dollars };
}

/** The purse once a call outside trials is made: its worst price counts as spent until it is over. */
export function reserve(purse: Purse, quote: Cost): Purse {
  return settleCall({ ...purse, calls: purse.calls + 1 }, quote);
}

/** The purse once such a call is over. */
export function release(purse: Purse, quote: Cost, { tokens, dollars }: Cost): Purse {
  return settleCall(purse, { tokens: tokens - quote.tokens, dollars: dollars - quote.dollars });
}

/** The purse once a call was not made for want of a budget. */
export function shortOf(purse: Purse, short: Short): Purse {
  return { ...purse, short };
}

/** The purse after the budgets changed. */
export function reopened({ short: _, ...purse }: Purse): Purse {
  return purse;
}

/** A budget that is too small for a call, and whether it may suffice once calls under way are settled. */
export interface Lack {
  readonly short: Short;
  readonly later: boolean;
}

/** What a call with that quote lacks, the worst prices of calls under way set aside; undefined when it may be made now. */
export function lack(
  purse: Purse,
  underWay: readonly Cost[],
  budget: Pick<Settings, 'calls' | 'tokens' | 'dollars'>,
  quote: Cost,
): Lack | undefined {
  if (budget.calls !== null && purse.calls >= budget.calls) return { short: 'calls', later: false };
  for (const short of ['tokens', 'dollars'] as const) {
    const limit = budget[short] ?? Number.POSITIVE_INFINITY;
    const alone = purse[short] + quote[short];
    if (alone > limit) return { short, later: false };
    if (underWay.reduce((sum, each) => sum + each[short], alone) > limit) return { short, later: true };
  }
  return undefined;
}
