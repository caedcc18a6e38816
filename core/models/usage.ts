import type { Cost, Usage } from '../search/model.ts';

/** A count above this multiple of the tokens that a call may use is invalid: servers do overrun limits. */
const overrun = 10;

/**
 * A provider's count if it is plausible, else undefined: integers of at least 0, parts no larger than their sums, some
 * input, some output where there is a text, and at most ten times the tokens in `most`, the call's quote. A call
 * without a count costs its quote, so no false count enlarges a budget.
 */
export function credible(usage: Usage, most: Pick<Cost, 'tokens'>, text: string): Usage | undefined {
  const { input, cached, output, reasoning } = usage;
  const whole = [input, cached, output, reasoning].every((each) => Number.isSafeInteger(each) && each >= 0);
  if (!whole || cached > input || reasoning > output) return undefined;
  if (input === 0 || (text !== '' && output === 0)) return undefined;
  return input + output <= overrun * most.tokens ? usage : undefined;
}

/** The result of `cleanCounts`. */
export interface Counts {
  readonly value: unknown;
  /** Whether a count in it was invalid. */
  readonly wrong: boolean;
}

/** Fields with a provider's counts, in all dialects. */
const counters = /^(usage|usageMetadata)$/;
const tokens = /tokens?$|tokenCount$/i;

/**
 * A body or event of a provider with 0 in place of each count of tokens that is no integer of at least 0: its client
 * would reject the whole answer for one of them.
 */
export function cleanCounts(value: unknown): Counts {
  let wrong = false;
  const counts = (of: unknown): unknown => {
    if (Array.isArray(of)) return of.map(counts);
    if (typeof of !== 'object' || of === null) return of;
    return Object.fromEntries(
      Object.entries(of).map(([name, each]) => {
        if (!tokens.test(name)) return [name, counts(each)];
        if (each === null || (Number.isSafeInteger(each) && (each as number) >= 0)) return [name, each];
        wrong = true;
        return [name, 0];
      }),
    );
  };
  // Counts are at the top, or one level down: `message.usage`, `response.usage`.
  const walk = (of: unknown, depth: number): unknown => {
    if (typeof of !== 'object' || of === null || Array.isArray(of)) return of;
    return Object.fromEntries(
      Object.entries(of).map(([name, each]) => {
        if (counters.test(name)) {
          if (typeof each === 'object') return [name, counts(each)];
          wrong = true;
          return [name, null];
        }
        return [
          name,
          depth > 0 && (name === 'message' || name === 'response') ? walk(each, depth - 1) : each,
        ];
      }),
    );
  };
  const cleaned = walk(value, 1);
  return { value: wrong ? cleaned : value, wrong };
}
