/** Runs of `atoll` in processes of their own, and kills of them. */
import { spawn } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readJournal } from '../../core/journal/segments.ts';
import type { Evaluated, Event } from '../../core/search/event.ts';
import { random } from '../../core/search/random.ts';

const main = fileURLToPath(new URL('../../ui/main.ts', import.meta.url));

/** A signal for a process: `after` milliseconds after its start, or after it wrote the file `from`. */
export interface Strike {
  readonly after: number;
  readonly signal?: NodeJS.Signals;
  readonly from?: string;
}

/** Runs `atoll` in a process of its own, and sends it the signal if it still runs by then. */
export function atoll(args: readonly string[], strike?: Strike): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const start = Date.now();
    const child = spawn(process.execPath, [main, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
    const out = { stdout: '', stderr: '' };
    child.stdout.on('data', (text) => {
      out.stdout += text;
    });
    child.stderr.on('data', (text) => {
      out.stderr += text;
    });
    let since = strike?.from === undefined ? start : undefined;
    const timer = setInterval(() => {
      if (!strike) return;
      since ??= writtenSince(strike.from!, start);
      if (since === undefined || Date.now() - since < strike.after) return;
      clearInterval(timer);
      child.kill(strike.signal ?? 'SIGKILL');
    }, 5);
    child.on('error', reject);
    child.on('close', (code, signal) => {
      clearInterval(timer);
      resolve({ ...out, code, killed: signal === 'SIGKILL' });
    });
  });
}

/** When a file was written, if that was at or after `start`. */
function writtenSince(path: string, start: number): number | undefined {
  const written = statSync(path, { throwIfNoEntry: false })?.mtimeMs;
  return written !== undefined && written >= start - 10 ? Date.now() : undefined;
}

/** How a process ended, and what it wrote. */
export interface Ended {
  readonly stdout: string;
  readonly stderr: string;
  readonly code: number | null;
  readonly killed: boolean;
}

/** The events of a run as JSON, without times and usage. */
export async function eventsOf(dir: string): Promise<string[]> {
  const events: string[] = [];
  for await (const event of readJournal(dir)) events.push(JSON.stringify(timeless(event)));
  return events;
}

function withoutUsage({ usage: _, ...event }: Evaluated): Evaluated {
  return event;
}

function timeless(event: Event): Event {
  if (event.type === 'settled') return { ...event, elapsed: 0 };
  if (event.type === 'evaluated') return withoutUsage({ ...event, milliseconds: 0 });
  return event.type === 'trained' ? { ...event, milliseconds: 0 } : event;
}

/**
 * Starts a search, kills it up to `kills` times and resumes it as often, then lets it end. The time until a kill
 * is uniform between 0 and `spread` milliseconds, counted from the moment the run directory exists.
 * @returns how often it was killed before it ended
 */
export async function killed(
  args: readonly string[],
  dir: string,
  kills: number,
  spread: number,
): Promise<number> {
  const draw = random('kills', kills, spread);
  let done = 0;
  for (; done < kills; done++) {
    const ended = await atoll(
      existsSync(join(dir, 'run.json')) ? ['resume', dir, '--plain'] : ['run', ...args, '--dir', dir],
      {
        after: draw.next() * spread,
        from: join(dir, 'lock'),
      },
    );
    if (!ended.killed) {
      if (ended.code !== 0) throw new Error(`status ${ended.code}: ${ended.stderr}`);
      return done;
    }
  }
  const ended = await atoll(['resume', dir, '--plain']);
  if (ended.code !== 0) throw new Error(`status ${ended.code}: ${ended.stderr}`);
  return done;
}
