import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { StorageError } from '../search/errors.ts';

/**
 * Replaces a file so that a reader, or a crash, meets the old text or the new one and nothing between: written
 * beside it, synced, renamed, and the directory synced. @throws StorageError
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

/** What the system says of a file that cannot be written, as an error of ours; any other error as it is. */
export function storageError(path: string, error: unknown): unknown {
  const system = error instanceof Error && 'syscall' in error;
  return system ? new StorageError(path, error as NodeJS.ErrnoException) : error;
}

async function syncDirectory(path: string): Promise<void> {
  // Windows has no such thing as a directory to be synced.
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

/** Makes a folder, and those above it; nothing where it is there. @throws StorageError */
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

/** Why a folder cannot be made: with those above it, Node says ENOENT of a disk that is read-only. */
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

/** Writes a file that can be made again. @throws StorageError */
export function writeText(path: string, text: string): void {
  try {
    writeFileSync(path, text);
  } catch (error) {
    throw storageError(path, error);
  }
}
