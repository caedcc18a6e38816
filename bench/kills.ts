/**
 * Kills a search with -9 at random moments and resumes it each time, then holds its journal against that of a search
 * left in peace. `node bench/kills.ts [kills=200] [evaluations=2000] [problem=bin-packing-or3]`
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readJournal } from '../core/journal/segments.ts';
import type { Evaluated, Event } from '../core/search/event.ts';
import { random } from '../core/search/random.ts';

const main = fileURLToPath(new URL('../ui/main.ts', import.meta.url));

/** A signal for a process: so many milliseconds after its start, or after it wrote a file anew. */
export interface Strike {
  readonly after: number;
  readonly signal?: NodeJS.Signals;
  readonly from?: string;
}

/** Runs `atoll` in a process of its own, and strikes it if it is still there by then. */
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

export interface Ended {
  readonly stdout: string;
  readonly stderr: string;
  readonly code: number | null;
  readonly killed: boolean;
}

/** The events of a run, times left out. */
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
 * is uniform between nothing and `spread` milliseconds, counted from the moment the run directory is there.
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

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [kills = '200', evaluations = '2000', problem = 'bin-packing-or3'] = process.argv.slice(2);
  const folder = mkdtempSync(join(tmpdir(), 'atoll-kills-'));
  try {
    const args = [problem, '--seed', '7', '--evaluations', evaluations, '--plain'];
    const dirs = { one: join(folder, 'one'), two: join(folder, 'two') };
    for (const [workers, dir] of [
      ['1', dirs.one],
      ['2', dirs.two],
    ] as const) {
      const { code, stderr } = await atoll(['run', ...args, '--workers', workers, '--dir', dir]);
      if (code !== 0) throw new Error(stderr);
    }
    const peace = await eventsOf(dirs.one);
    const alike = (other: readonly string[]): string =>
      peace.length === other.length && peace.every((line, i) => line === other[i]) ? 'the same' : 'DIFFERENT';
    console.log(`${peace.length} events with 1 worker; with 2 workers: ${alike(await eventsOf(dirs.two))}`);
    let total = 0;
    for (let round = 1; total < Number(kills); round++) {
      const dir = join(folder, `killed-${round}`);
      total += await killed(args, dir, Math.min(50, Number(kills) - total), 1500);
      console.log(`search ${round}, ${total} kills so far: journal ${alike(await eventsOf(dir))}`);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
