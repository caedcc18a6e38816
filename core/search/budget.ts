import type { Cost } from './model.ts';
import type { Settings } from './settings.ts';

/** Budgets that limit calls to models. */
export type CallBudget = 'calls' | 'tokens' | 'dollars';

/** What was spent on calls to models. */
export interface Spending {
  /** Calls made, failed ones and those in flight included. */
  readonly calls: number;
  /** Tokens of calls that ended. */
  readonly tokens: number;
  /** Dollars of calls that ended. */
  readonly dollars: number;
  /** The budget that was too small for one more call. */
  readonly exhausted?: CallBudget;
}

/** Before the first call. */
export const nothingSpent: Spending = { calls: 0, tokens: 0, dollars: 0 };

/** A call starts: it counts at once, its cost when it ends. */
export function countCall(spending: Spending): Spending {
  return { ...spending, calls: spending.calls + 1 };
}

/** A call ended. */
export function addCost(spending: Spending, cost: Cost): Spending {
  return { ...spending, tokens: spending.tokens + cost.tokens, dollars: spending.dollars + cost.dollars };
}

/** A call outside of trials starts: its worst price counts as spent until it ends. */
export function reserveCall(spending: Spending, quote: Cost): Spending {
  return addCost(countCall(spending), quote);
}

/** Such a call ended: its cost replaces its worst price. */
export function releaseCall(spending: Spending, quote: Cost, { tokens, dollars }: Cost): Spending {
  return addCost(spending, { tokens: tokens - quote.tokens, dollars: dollars - quote.dollars });
}

/** A call was not made, because `budget` was too small for it. */
export function exhaust(spending: Spending, budget: CallBudget): Spending {
  return { ...spending, exhausted: budget };
}

/** The budgets changed: none is known to be too small any more. */
export function reopen({ exhausted: _, ...spending }: Spending): Spending {
  return spending;
}

/** As much of a search's state as its budget depends on. */
export interface Account {
  readonly settings: Settings;
  readonly spending: Spending;
  /** Evaluations used by seeds and settled trials. */
  readonly evaluations: number;
  /** Evaluations set aside for running trials. */
  readonly reserved: number;
  /** Settled trials in a row that evaluated nothing. */
  readonly barrenTrials: number;
  /** Running trials, each with its call in flight, if any. */
  readonly pending: ReadonlyMap<number, { readonly callInFlight?: { readonly quote: Cost } | undefined }>;
}

/** As much of a search's components as its budget depends on. */
export interface Meter {
  /** Milliseconds that the search has run, pauses left out. */
  elapsed(): number;
  readonly models: { readonly size: number };
  readonly operators: ReadonlyMap<string, { readonly runs: EvaluationRange }>;
}

/** Evaluations of an operator before its child is evaluated: the fewest that make sense, the most it can use. */
export interface EvaluationRange {
  readonly least: number;
  readonly most: number;
}

/** The worst prices of the calls in flight, which are set aside. */
export function promised({ pending }: Pick<Account, 'pending'>): readonly Cost[] {
  return Array.from(pending.values()).flatMap(({ callInFlight }) => callInFlight?.quote ?? []);
}

/** A budget that is too small for a call; `temporary`: it may suffice once calls in flight have ended. */
export interface Shortfall {
  readonly budget: CallBudget;
  readonly temporary: boolean;
}

/** Budgets of calls to models; null: none. */
export type CallLimits = Pick<Settings, CallBudget>;

/** Why a call with the worst price `quote` must not be made now; undefined when every budget holds even at that price. */
export function shortfall(
  spending: Spending,
  inFlight: readonly Cost[],
  limits: CallLimits,
  quote: Cost,
): Shortfall | undefined {
  if (limits.calls !== null && spending.calls >= limits.calls) return { budget: 'calls', temporary: false };
  for (const budget of ['tokens', 'dollars'] as const) {
    const limit = limits[budget] ?? Number.POSITIVE_INFINITY;
    const alone = spending[budget] + quote[budget];
    if (alone > limit) return { budget, temporary: false };
    if (inFlight.reduce((sum, each) => sum + each[budget], alone) > limit) return { budget, temporary: true };
  }
  return undefined;
}

/** Evaluations that are neither used nor set aside; infinite without a budget. */
export function evaluationsLeft({ settings, evaluations, reserved }: Account): number {
  return settings.evaluations === null
    ? Number.POSITIVE_INFINITY
    : settings.evaluations - evaluations - reserved;
}

/**
 * Evaluations to set aside for a trial, its child's own included: where a budget is set, at most a tenth of `left`,
 * so that no single trial spends a small budget, but always enough for the operator to make sense.
 */
export function allowance({ least, most }: EvaluationRange, left: number): number {
  return Math.min(most + 1, left, Math.max(least + 1, Math.ceil(left / 10)));
}

/** How many of `wanted` programs a step may evaluate when its trial has `left` evaluations: none once time is up. */
export function affordable(wanted: number, left: number, account: Account, meter: Meter): number {
  return timeIsUp(account, meter) ? 0 : Math.max(0, Math.min(left, wanted));
}

/** Why nothing more may be paid for, running trials included; undefined while the search goes on. */
export function overReason(
  account: Account,
  meter: Meter,
  targetReached: boolean,
): 'target' | 'minutes' | undefined {
  if (targetReached) return 'target';
  return timeIsUp(account, meter) ? 'minutes' : undefined;
}

/** Why no more trials may begin; undefined while they may. */
export function endReason(
  account: Account,
  meter: Meter,
  targetReached: boolean,
): 'target' | 'minutes' | 'exhausted' | 'evaluations' | CallBudget | undefined {
  const { spending, settings, barrenTrials } = account;
  const over = overReason(account, meter, targetReached);
  if (over) return over;
  if (meter.models.size > 0) {
    if (settings.calls !== null && spending.calls >= settings.calls) return 'calls';
    if (spending.exhausted) return spending.exhausted;
  }
  if (barrenTrials >= settings.patience) return 'exhausted';
  const cheapest = Math.min(...Array.from(meter.operators.values(), ({ runs }) => runs.least + 1));
  return evaluationsLeft(account) < cheapest ? 'evaluations' : undefined;
}

function timeIsUp({ settings }: Account, { elapsed }: Meter): boolean {
  return settings.minutes !== null && elapsed() >= settings.minutes * 60_000;
}
