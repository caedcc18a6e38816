import { expected } from './errors.ts';
import { checkFields } from './fields.ts';
import type { Verdict } from './outcome.ts';

/**
 * What a judge returned, as a verdict; `what` says who was to return one, and `at` of which case.
 * @throws ConfigError for what is none, and for a field that would be ignored.
 */
export function verdictIn(value: unknown, what: string, at: string): Verdict {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) throw expected(what, value, at);
  checkFields(value, ['score', 'measures', 'feedback', 'invalid'], 'a verdict', at, {
    objectives: 'objectives are measures: `measures: { error: 1.5 }`',
  });
  const { score, measures, feedback, invalid } = value as Record<string, unknown>;
  if (invalid === undefined && typeof score !== 'number') {
    throw expected(`${what}, with a number as \`score\` or the reason as \`invalid\``, value, at);
  }
  if (invalid !== undefined && typeof invalid !== 'string')
    throw expected('`invalid` to be a text', invalid, at);
  if (feedback !== undefined && typeof feedback !== 'string') {
    throw expected('`feedback` to be a text', feedback, at);
  }
  if (measures !== undefined && !areNumbers(measures)) {
    throw expected('`measures` to hold numbers by name', measures, at);
  }
  return value as Verdict;
}

function areNumbers(value: unknown): boolean {
  return (
    value !== null &&
    typeof value === 'object' &&
    !Array.isArray(value) &&
    Object.values(value).every((each) => typeof each === 'number')
  );
}
