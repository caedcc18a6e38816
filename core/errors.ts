/** The things that are thrown on purpose; what a candidate program does is never one of them. */

/** The user asked for something that cannot be done as stated: exit status 2, nothing lost. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/** The sandbox itself failed and the program is not to blame. */
export class SandboxError extends Error {
  override readonly name = 'SandboxError';
}

/** The run directory cannot be read or written as it must be. */
export class JournalError extends Error {
  override readonly name = 'JournalError';
}

/** Says what was expected and what was got, in the one wording the project uses. */
export function expected(what: string, got: unknown, where?: string): ConfigError {
  return new ConfigError(`Expected ${what}, got ${shown(got)}${where ? ` (${where})` : ''}`);
}

function shown(got: unknown): string {
  if (got === undefined) return 'nothing';
  // JSON has no word for NaN, infinities, large integers, functions and symbols.
  const plain = typeof got === 'object' || typeof got === 'boolean' ? JSON.stringify(got) : String(got);
  return `\`${plain}\``;
}

/** A model can not be asked, and asking again will not help: the search stops, and can be resumed. */
export class ModelError extends Error {
  override readonly name = 'ModelError';
}
