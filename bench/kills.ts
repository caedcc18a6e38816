/**
 * Kills a search with -9 at random moments and resumes it each time, then holds its journal against that of a search
 * left in peace. `node bench/kills.ts [kills=200] [evaluations=2000] [problem=bin-packing-or3]`
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Event } from '../core/event.ts';
import { readJournal } from '../core/journal/segments.ts';
import { random } from '../core/random.ts';

const main = fileURLToPath(new URL('../ui/main.ts', import.meta.url));

/** Runs `atoll` in a process of its own; sends it a signal after `after` milliseconds if it is still there. */
export function atoll(
  args: readonly string[],
  after = Number.POSITIVE_INFINITY,
  deadly: NodeJS.Signals = 'SIGKILL',
): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [main, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
    const out = { stdout: '', stderr: '' };
    child.stdout.on('data', (text) => {
      out.stdout += text;
    });
    child.stderr.on('data', (text) => {
      out.stderr += text;
    });
    const timer = Number.isFinite(after) ? setTimeout(() => child.kill(deadly), after) : undefined;
    child.on('error', reject);
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      resolve({ ...out, code, killed: signal === 'SIGKILL' });
    });
  });
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

function timeless(event: Event): Event {
  return event.type === 'evaluated' ? { ...event, milliseconds: 0 } : event;
}

/** Starts a search, kills it `kills` times and resumes it as often, then lets it end. Milliseconds between kills vary. */
export async function killed(
  args: readonly string[],
  dir: string,
  kills: number,
  spread: number,
): Promise<number> {
  const draw = random('kills', dir.length, kills);
  let done = 0;
  let ended = await atoll(['run', ...args, '--dir', dir], 900 + draw.next() * spread);
  for (; done < kills && ended.killed; done++) {
    ended = await atoll(['resume', dir, '--plain'], 700 + draw.next() * spread);
  }
  while (ended.killed || ended.code !== 0) {
    if (!ended.killed) throw new Error(`resume ended with ${ended.code}: ${ended.stderr}`);
    ended = await atoll(['resume', dir, '--plain']);
  }
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
