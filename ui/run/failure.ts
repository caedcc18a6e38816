import { ConfigError, ModelError, SandboxError, StorageError } from '../../core/search/errors.ts';
import { command } from '../text/shell.ts';

/** What went wrong first: what went wrong while things were closed because of that is wrapped around it. */
export function first(error: unknown): unknown {
  let found = error;
  while (found instanceof SuppressedError) found = found.suppressed;
  return found;
}

/** An error that ended the session of a run, with the command that resumes it once its cause is gone; other errors unchanged. */
export function resumable(error: unknown, run: string): unknown {
  if (!(error instanceof ModelError || error instanceof SandboxError || error instanceof StorageError))
    return error;
  const { message } = error;
  error.message = `${message}; nothing that was recorded is lost: ${command('resume', run)}`;
  return error;
}

/** One line on what ended a command, and its exit status: 2 for what the user can put right, 1 for all else. */
export function failureOf(error: unknown): { readonly line: string; readonly status: 1 | 2 } {
  const cause = first(error);
  if (!(cause instanceof Error)) return { line: String(cause), status: 1 };
  const { message, name } = cause;
  if (cause instanceof ConfigError || name === 'JournalError') return { line: message, status: 2 };
  if (cause instanceof StorageError) return { line: message, status: cause.misplaced ? 2 : 1 };
  if (name === 'ModelError' || name === 'SandboxError') return { line: message, status: 1 };
  // A system error explains itself; a fault of our own code needs the stack.
  const refused = 'syscall' in cause && 'path' in cause;
  return { line: refused ? `Expected to use ${cause.path}, got ${message}` : String(cause.stack), status: 1 };
}
