import type { Command } from 'commander';
import { isHeld } from '../../core/journal/lock.ts';
import { readManifest } from '../../core/journal/manifest.ts';
import { tailJournal } from '../../core/journal/tail.ts';
import type { Problem } from '../../core/search/problem.ts';
import type { Facts } from '../facts/facts.ts';
import { problemOfRun } from '../run/run-problem.ts';
import { awaitRun, watchRun as watched, watchedClock } from '../run/watch-run.ts';
import type { FrameData } from '../screen/scene.ts';
import { screenWanted } from '../screen/wanted.ts';
import { watchOnScreen } from '../screen/watching.ts';
import { output } from '../text/output.ts';
import { plainLog } from '../text/plain-log.ts';
import { command } from '../text/shell.ts';
import { count, duration, reasons } from '../text/words.ts';
import { outputOptions } from './options.ts';

/** `atoll watch`: follows a run from outside. */
export function watch(atoll: Command): void {
  const command = atoll
    .command('watch')
    .summary('follow a run')
    .description(
      'Follows a run, running or not, by its journal: reads only. Ends with the run, or on Ctrl-C.',
    )
    .argument('<run>', 'run directory');
  outputOptions(command);
  command.action(async (dir: string, options: { json?: boolean; plain?: boolean }) => {
    const stop = new AbortController();
    const leave = (): void => stop.abort(new Error('left'));
    process.on('SIGINT', leave);
    process.on('SIGTERM', leave);
    output.gone.addEventListener('abort', leave);
    try {
      if (screenWanted(options)) await watchOnScreen(dir, () => problemOf(dir), stop);
      else await (options.json ? stream : log)(dir, stop.signal);
    } finally {
      process.off('SIGINT', leave);
      process.off('SIGTERM', leave);
    }
  });
}

/** The journal's events from the first on, a line each. */
async function stream(dir: string, signal: AbortSignal): Promise<void> {
  await awaitRun(dir, signal);
  for await (const { events } of tailJournal(dir, 0, () => !isHeld(dir), signal)) {
    const text = events.map((event) => `${JSON.stringify(event)}\n`).join('');
    if (!output.write(text)) await output.ready(signal).catch(() => {});
  }
}

/** A log like that of `run --plain`. */
async function log(dir: string, signal: AbortSignal): Promise<void> {
  let lines: ReturnType<typeof plainLog> | undefined;
  let timer: NodeJS.Timeout | undefined;
  let known: Facts | undefined;
  const clock = watchedClock(dir);
  try {
    for await (const { facts, events, all } of watched(dir, signal)) {
      clock.see(facts, true);
      if (lines) for (const event of events) lines.event(event);
      else if (all) {
        lines = plainLog(await problemOf(dir), dir, clock.elapsed, facts);
        lines.open();
        lines.past();
        lines.tick(true);
        timer = setInterval(lines.tick, 1000);
      }
      known = facts;
    }
  } finally {
    clearInterval(timer);
  }
  if (known && !signal.aborted) lines?.say(() => [ended(dir, known)]);
}

/** The run's problem, or its name alone if it cannot be loaded. */
async function problemOf(dir: string): Promise<Pick<Problem, 'name'> & FrameData> {
  const kept = readManifest(dir).problem;
  try {
    return (await problemOfRun(dir, kept)).problem;
  } catch {
    // Scores are then shown as plain numbers.
    return { name: kept.name };
  }
}

/** Why no process writes a run any more. */
function ended(dir: string, { closed, counts }: Facts): string {
  const used = `after ${count(counts.evaluations)} evaluations in ${duration(counts.milliseconds)}`;
  if (closed) return `Ended: ${reasons[closed]}, ${used}.`;
  const { status } = readManifest(dir);
  const how = {
    interrupted: 'interrupted',
    failed: 'with an error',
    running: 'cut off',
    finished: 'finished',
  };
  return `Ended: ${how[status]}, ${used}. To continue: ${command('resume', dir)}`;
}
