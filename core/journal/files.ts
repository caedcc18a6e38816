import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { StorageError } from '../search/errors.ts';

/**
 * Replaces a file atomically, also across a crash: written beside it, synced, renamed, and the directory synced.
 * @throws StorageError
 */
export async function replaceFile(path: string, text: string): Promise<void> {
  const beside = `${path}.${process.pid}.tmp`;
  try {
    await synced(beside, 'w', (file) => file.writeFile(text));
    await rename(beside, path);
  } catch (error) {
    await rm(beside, { force: true }).catch(() => {});
    throw storageError(path, error);
  }
  await syncDirectory(dirname(path));
}

/** The system's error on a file that cannot be written, as a StorageError; any other error as it is. */
export function storageError(path: string, error: unknown): unknown {
  const system = error instanceof Error && 'syscall' in error;
  return system ? new StorageError(path, error as NodeJS.ErrnoException) : error;
}

async function syncDirectory(path: string): Promise<void> {
  // Windows cannot sync a directory.
  if (process.platform !== 'win32') await synced(path, 'r', async () => {});
}

async function synced(path: string, flags: string, act: (file: FileHandle) => Promise<void>): Promise<void> {
  const file = await open(path, flags);
  try {
    await act(file);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Makes a folder and its parents, if missing. @throws StorageError */
export function makeFolder(path: string): void {
  try {
    mkdirSync(path, { recursive: true });
  } catch (error) {
    throw storageError(
      path,
      (error as NodeJS.ErrnoException).code === 'ENOENT' ? whyNot(path, error) : error,
    );
  }
}

/** Why a folder cannot be made: for a recursive mkdir, Node reports ENOENT on a read-only disk. */
function whyNot(path: string, error: unknown): unknown {
  let missing = resolve(path);
  while (!existsSync(dirname(missing))) missing = dirname(missing);
  try {
    mkdirSync(missing);
  } catch (found) {
    return found;
  }
  return error;
}

/** Writes a file that can be regenerated, without a sync. @throws StorageError */
export function writeText(path: string, text: string): void {
  try {
    writeFileSync(path, text);
  } catch (error) {
    throw storageError(path, error);
  }
}
