import { type ChildProcess, spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { random } from '../../core/search/random.ts';
import type { Manner } from '../fixtures/trainer-server.ts';

const script = fileURLToPath(new URL('../fixtures/trainer-server.ts', import.meta.url));

/** A trainer's server in a process of its own, which restarts at the same address when it is killed. */
export interface Immortal extends AsyncDisposable {
  readonly url: string;
  kill(): Promise<void>;
}

/** Starts an immortal server on a free port. */
export async function immortal(manner: Omit<Manner, 'port'>): Promise<Immortal> {
  const port = await freePort();
  let child = await serverAt(port, manner);
  return {
    url: `http://127.0.0.1:${port}`,
    async kill() {
      await ended(child);
      child = await serverAt(port, manner);
    },
    [Symbol.asyncDispose]: () => ended(child),
  };
}

function serverAt(port: number, { dir, ...options }: Omit<Manner, 'port'>): Promise<ChildProcess> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [script, dir, String(port), JSON.stringify(options)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    child.stdout.once('data', () => resolve(child));
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`the server ended with status ${code}`)));
  });
}

function ended(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve();
    child.once('close', () => resolve());
    child.kill('SIGKILL');
  });
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

/** Kills a server up to `kills` times, at random moments at most `spread` milliseconds apart, until `over` aborts. @returns the number of kills */
export async function harass(
  server: Immortal,
  kills: number,
  spread: number,
  over: AbortSignal,
): Promise<number> {
  const draw = random('server kills', kills, spread);
  let done = 0;
  while (done < kills) {
    await sleep(draw.next() * spread, undefined, { signal: over }).catch(() => {});
    if (over.aborted) break;
    await server.kill();
    done += 1;
  }
  return done;
}
