/**
 * What the engine costs beside evaluation: trials settled per second against a bare loop over the same pool and
 * guest, and processor time of the engine's thread per trial with 1,000 and with 20,000 programs met.
 * `node bench/throughput.ts [programs=20000]`, with nothing else running.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { openJournal } from '../core/journal/journal.ts';
import { configure } from '../core/search/configure.ts';
import { open } from '../core/search/open.ts';
import { mainFile, withMain } from '../core/search/program.ts';
import { search } from '../core/search/search.ts';
import { initialState } from '../core/search/state.ts';
import { openPool } from '../evaluators/javascript/pool.ts';
import { compose } from '../ui/run/compose.ts';
import { findProblem } from '../ui/run/find-problem.ts';

const programs = Number(process.argv[2] ?? 20_000);
const workers = availableParallelism();
const { target: _, ...problem } = (await findProblem('symbolic-regression')).problem;

/**
 * Settings under which one trial is one evaluation at most: no operator fits numbers, no policy samples. Programs stay short, or a
 * trial would cost more later for their length and not for their number.
 */
const settings = configure({
  'tune.maxEvaluations': 0,
  learning: 'off',
  patience: 1_000_000,
  maxProgramSize: 250,
});

interface Mark {
  readonly trials: number;
  readonly evaluations: number;
  readonly wall: number;
  readonly cpu: number;
}

const mark = (trials: number, evaluations: number): Mark => {
  const { user, system } = process.threadCpuUsage();
  return { trials, evaluations, wall: performance.now(), cpu: (user + system) / 1000 };
};

/** Evaluations per second, and milliseconds of this thread for each, of a loop that does nothing else. */
async function bare(count: number): Promise<{ rate: number; cpu: number }> {
  await using pool = await openPool(problem, { workers, isolation: settings.isolation });
  const seed = problem.seeds[0]!;
  const { text } = mainFile(seed);
  let next = 0;
  const slot = async (until: number): Promise<void> => {
    while (next < until) {
      const program = withMain(seed, `${text}\n// ${next++}`);
      await pool.evaluate(program, 'scored', `${next}`);
    }
  };
  const loop = (until: number): Promise<unknown> =>
    Promise.all(Array.from({ length: settings.concurrency }, () => slot(until)));
  await loop(500);
  const start = mark(0, next);
  await loop(500 + count);
  const end = mark(0, next);
  const evaluations = end.evaluations - start.evaluations;
  return { rate: (1000 * evaluations) / (end.wall - start.wall), cpu: (end.cpu - start.cpu) / evaluations };
}

const folder = mkdtempSync(join(tmpdir(), 'atoll-throughput-'));
try {
  const { rate, cpu } = await bare(3000);
  console.log(
    `bare loop: ${rate.toFixed(0)} evaluations/s, ${cpu.toFixed(3)} ms of the engine's thread each`,
  );

  const world = await compose(problem, settings, {
    workers,
    secondsBefore: 0,
    models: new Map(),
    askers: [],
  });
  await using _evaluator = world.evaluator;
  await using journal = await openJournal(folder);
  const stop = new AbortController();
  const opened = await open(world, settings, '', stop.signal);
  journal.append(opened);
  const state = initialState(opened);
  const marks = new Map<number, Mark>();
  const edges = [500, 1500, programs - 2000, programs];
  const observe = (): void => {
    for (const edge of edges) {
      if (state.seen.size >= edge && !marks.has(edge))
        marks.set(edge, mark(state.settled, state.evaluations));
    }
    if (marks.size === edges.length) stop.abort(new Error('measured'));
  };
  await search(state, world, journal, observe, stop.signal).catch((error) => {
    if (!stop.signal.aborted) throw error;
  });

  const ratios: number[] = [];
  for (const [from, to] of [
    [500, 1500],
    [programs - 2000, programs],
  ] as const) {
    const [a, b] = [marks.get(from)!, marks.get(to)!];
    const trials = b.trials - a.trials;
    const seconds = (b.wall - a.wall) / 1000;
    const evaluations = b.evaluations - a.evaluations;
    const own = (b.cpu - a.cpu - cpu * evaluations) / trials;
    ratios.push(own);
    console.log(
      `${from} to ${to} programs: ${(trials / seconds).toFixed(0)} trials/s, ${(evaluations / seconds).toFixed(0)} evaluations/s` +
        ` (${((100 * evaluations) / seconds / rate).toFixed(0)} % of the bare loop),` +
        ` ${own.toFixed(3)} ms of the engine's thread per trial beside evaluation`,
    );
  }
  console.log(`cost per trial, ${programs} programs to 1000: ${(ratios[1]! / ratios[0]!).toFixed(2)}`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
