/**
 * What it takes to watch a long run: makes one with the real engine (symbolic regression, a trial an evaluation), then
 * prints how big its journal is, how soon `atoll watch` is up with and without a checkpoint of the facts and how much
 * memory that takes, how long it takes to find a trial, and what taking an event to the facts costs.
 * `node bench/watch.ts [evaluations=100000] [dir]`; a run that is in `dir` already is used as it is.
 */
import { spawn, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { eventsOf } from '../core/journal/lookup.ts';
import { readJournal } from '../core/journal/segments.ts';
import { spanOf } from '../core/journal/span.ts';
import type { Event, Opened } from '../core/search/event.ts';
import { random } from '../core/search/random.ts';
import type { Facts } from '../ui/facts/facts.ts';
import { applyToFacts } from '../ui/facts/fold.ts';
import { openFacts } from '../ui/facts/open.ts';

const main = fileURLToPath(new URL('../ui/main.ts', import.meta.url));
const [evaluations = '100000', given] = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), 'atoll-watch-'));
const dir = given ?? join(folder, 'run');

interface Up {
  /** Until the watcher has said how far the run is. */
  readonly milliseconds: number;
  /** Milliseconds of processor time until it ended, which for a run that is over is at once. */
  readonly cpu: number;
  /** The most it took, in MiB. */
  readonly memory: number;
}

/** Watches a run in a process of its own. */
async function up(run: string): Promise<Up> {
  const start = performance.now();
  const measured = `process.on('exit', () => console.error(JSON.stringify(process.resourceUsage())))`;
  const preload = `data:text/javascript,${encodeURIComponent(measured)}`;
  const child = spawn(process.execPath, ['--import', preload, main, 'watch', run, '--plain'], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let milliseconds = 0;
  let said = '';
  let errors = '';
  child.stdout.on('data', (text) => {
    said += text;
    if (/ evaluations, /.test(said)) milliseconds ||= performance.now() - start;
  });
  child.stderr.on('data', (text) => {
    errors += text;
  });
  await new Promise((done) => child.on('close', done));
  if (milliseconds === 0 || !errors.startsWith('{')) throw new Error(`it said ${said}${errors}`);
  const { maxRSS, userCPUTime, systemCPUTime } = JSON.parse(errors);
  return { milliseconds, cpu: (userCPUTime + systemCPUTime) / 1000, memory: maxRSS / 1024 };
}

/** The cost of the facts themselves: the events of a run are read ahead, a stretch at a time. */
async function cost(): Promise<{ readonly facts: Facts; readonly events: number; readonly cpu: number }> {
  let facts: Facts | undefined;
  let events = 0;
  let cpu = 0;
  let stretch: Exclude<Event, Opened>[] = [];
  const take = (): void => {
    const before = process.threadCpuUsage();
    for (const event of stretch) applyToFacts(facts!, event);
    const { user, system } = process.threadCpuUsage(before);
    cpu += user + system;
    events += stretch.length;
    stretch = [];
  };
  for await (const event of readJournal(dir)) {
    if (event.type === 'opened') facts = openFacts(event);
    else if (stretch.push(event) === 5000) take();
  }
  take();
  return { facts: facts!, events, cpu };
}

try {
  if (!existsSync(dir)) {
    const sets = [
      'tune.maxEvaluations=0',
      'regress.minShare=0',
      'link.minShare=0',
      'learning=off',
      'patience=1000000',
    ].flatMap((each) => ['--set', each]);
    const search = [
      'run',
      'symbolic-regression',
      '--evaluations',
      evaluations,
      '--plain',
      '--dir',
      dir,
      ...sets,
    ];
    const { status } = spawnSync(process.execPath, [main, ...search], {
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    if (status !== 0) throw new Error(`the search ended with status ${status}`);
  }
  const { size } = await spanOf(dir);
  const { facts, events, cpu } = await cost();
  const { settled } = facts.counts;
  const megabytes = size / 2 ** 20;
  console.log(
    `${settled} trials: ${events} events in ${megabytes.toFixed(0)} MiB; facts ${(JSON.stringify(facts).length / 1024).toFixed(0)} KiB`,
  );
  console.log(
    `an event taken to the facts: ${(cpu / events).toFixed(2)} µs, so 1,000 a second take ${((100 * cpu) / events / 1000).toFixed(2)} % of a core`,
  );

  const bare = join(folder, 'bare');
  cpSync(dir, bare, { recursive: true });
  rmSync(join(bare, 'facts.json'), { force: true });
  const kept = statSync(join(dir, 'facts.json'), { throwIfNoEntry: false });
  for (const [name, run] of [...(kept ? [['with', dir] as const] : []), ['without', bare] as const]) {
    for (let round = 0; round < 3; round++) {
      const { milliseconds, cpu, memory } = await up(run);
      console.log(
        `watch ${name} a checkpoint: up after ${milliseconds.toFixed(0)} ms, ${cpu.toFixed(0)} ms of processor time in all, at most ${memory.toFixed(0)} MiB`,
      );
    }
  }

  const draw = random('watch');
  const times: number[] = [];
  for (let i = 0; i < 200; i++) {
    const trial = 1 + draw.int(settled);
    const start = performance.now();
    const found = await eventsOf(dir, trial);
    times.push(performance.now() - start);
    if (found[0]?.type !== 'begun') throw new Error(`trial ${trial} was not found`);
  }
  times.sort((a, b) => a - b);
  console.log(
    `a trial found in ${times[100]!.toFixed(1)} ms (median of 200), ${times.at(-1)!.toFixed(1)} ms at most`,
  );
} finally {
  rmSync(folder, { recursive: true, force: true });
}
