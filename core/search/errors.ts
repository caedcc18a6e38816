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

/** Places that the user can name otherwise, by the system's code. */
const misplaced = 'ENOENT ENOTDIR EISDIR EEXIST EACCES EPERM EROFS ENAMETOOLONG ELOOP EINVAL'.split(' ');

const remedies: Readonly<Record<string, string>> = {
  ENOSPC: 'make room on that disk',
  EDQUOT: 'make room within your quota',
  EROFS: 'name a place on a disk that is not read-only',
  EACCES: 'name a place that you may write',
  EPERM: 'name a place that you may write',
  ENOTDIR: 'a file is where a folder has to be',
  EEXIST: 'a file is where a folder has to be',
  EISDIR: 'a folder is where a file has to be',
};

/** A file or folder cannot be written. What was recorded before is kept. */
export class StorageError extends Error {
  override readonly name = 'StorageError';
  /** The system's code, such as `ENOSPC`. */
  readonly code: string;
  /** Whether another place would do, so that it is the user's to put right. */
  readonly misplaced: boolean;

  constructor(path: string, cause: NodeJS.ErrnoException) {
    const { code = 'unknown', message } = cause;
    const remedy = remedies[code];
    super(`Expected to write to ${path}, got ${message}${remedy ? `: ${remedy}` : ''}`, { cause });
    this.code = code;
    this.misplaced = misplaced.includes(code);
  }
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
