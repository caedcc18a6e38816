import { linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { ConfigError } from '../search/errors.ts';
import { storageError } from './files.ts';

interface Owner {
  readonly pid: number;
  readonly host: string;
  /** When the process started, in the kernel's ticks: a pid may be reused. */
  readonly started: string;
}

/**
 * Locks a run directory for this process. The lock of a dead process is taken over; for a living one this waits
 * `patienceMs`, since an engine whose launcher was killed needs a moment to exit.
 * @throws ConfigError when another process holds the lock, StorageError where none can be written.
 */
export async function lock(dir: string, { patienceMs = 3000 } = {}): Promise<AsyncDisposable> {
  const path = join(dir, 'lock');
  const mine = JSON.stringify({
    pid: process.pid,
    host: hostname(),
    started: startOf(process.pid),
  } satisfies Owner);
  const until = Date.now() + patienceMs;
  for (;;) {
    if (take(path, mine)) {
      return {
        async [Symbol.asyncDispose]() {
          if (read(path) === mine) rmSync(path, { force: true });
        },
      };
    }
    const text = read(path);
    if (text !== undefined && isDead(text)) evict(path, text);
    else if (Date.now() > until)
      throw new ConfigError(`Expected ${dir} to be free, got one that ${whose(text)} is writing`);
    else await new Promise((wake) => setTimeout(wake, 50));
  }
}

/** Whether a living process, or one on another machine, which may live, holds the lock of a directory. */
export function isHeld(dir: string): boolean {
  const text = read(join(dir, 'lock'));
  return text !== undefined && !isDead(text);
}

/** Creates the lock atomically: a link to a complete file, which fails if the lock exists. */
function take(path: string, text: string): boolean {
  const own = `${path}.${process.pid}`;
  try {
    writeFileSync(own, text);
    linkSync(own, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw storageError(path, error);
  } finally {
    rmSync(own, { force: true });
  }
}

/** Removes a dead owner's lock. Of several processes that try, one removes it; the others find another text, or none. */
function evict(path: string, text: string): void {
  const right = `${path}.evict`;
  if (!take(right, String(process.pid))) {
    // The right to evict stays behind if its holder dies within these few lines.
    const holder = Number(read(right));
    if (holder && !alive(holder)) rmSync(right, { force: true });
    return;
  }
  try {
    if (read(path) === text) rmSync(path, { force: true });
  } finally {
    rmSync(right, { force: true });
  }
}

function isDead(text: string): boolean {
  const owner = ownerOf(text);
  if (!owner) return true;
  return owner.host === hostname() && (!alive(owner.pid) || startOf(owner.pid) !== owner.started);
}

function whose(text: string | undefined): string {
  const owner = text === undefined ? undefined : ownerOf(text);
  return owner ? `process ${owner.pid} on ${owner.host}` : 'another process';
}

function ownerOf(text: string): Owner | undefined {
  try {
    return JSON.parse(text) as Owner;
  } catch {
    return undefined;
  }
}

function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** When a process started, in the kernel's ticks (field 22 of /proc/<pid>/stat); empty where that is unknown. */
export function startOf(pid: number): string {
  const stat = read(`/proc/${pid}/stat`);
  return stat === undefined ? '' : stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]!;
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
