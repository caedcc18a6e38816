import { ConfigError } from './errors.ts';
import { suggestion } from './suggestion.ts';

/**
 * Refuses a field that would be ignored. `what` names the thing, such as `a problem`, and `at` says where it is;
 * `hints` answer names that are not misspelt but come from elsewhere.
 * @throws ConfigError saying what was most likely meant.
 */
export function checkFields(
  given: object,
  known: readonly string[],
  what: string,
  at: string,
  hints: Readonly<Record<string, string>> = {},
): void {
  for (const name of Object.keys(given)) {
    if (known.includes(name)) continue;
    const near = suggestion(name, known);
    const hint = hints[name] ?? (near === undefined ? undefined : `did you mean \`${near}\`?`);
    throw new ConfigError(
      `Expected ${what} to have no fields but ${known.join(', ')}, got \`${name}\` (${at})${hint ? `: ${hint}` : ''}`,
    );
  }
}
