import { configure, readSetting } from './configure.ts';
import type { Amended } from './event.ts';
import type { Settings } from './settings.ts';

/** Settings that may change while a search runs. */
export const amendable = [
  'evaluations',
  'calls',
  'tokens',
  'dollars',
  'minutes',
  'target',
  'patience',
] as const satisfies readonly (keyof Amended['settings'])[];

/** Budgets that replace those of a search. */
export type Budgets = Amended['settings'];

/** @throws ConfigError for a budget that cannot be */
export function checkBudgets(budgets: Budgets): void {
  configure(budgets);
}

/** Budgets out of texts by name, those without a text left out; `none` takes one away. @throws ConfigError */
export function readBudgets(
  texts: Iterable<readonly [name: keyof Budgets, text: string | undefined]>,
): Budgets {
  const given: Partial<Record<keyof Budgets, string | number>> = {};
  for (const [name, text] of texts) if (text !== undefined) given[name] = readSetting(text);
  const settings = configure(given);
  return Object.fromEntries(Object.keys(given).map((name) => [name, settings[name as keyof Settings]]));
}
