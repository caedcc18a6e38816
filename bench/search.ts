/**
 * What a search without a model finds, and what it is worth: problems x strategies x seeds, one process and one line of
 * results for each search, so that a sweep that was cut short goes on where it stopped.
 *
 *   node bench/search.ts run [--problems a,b] [--strategies a,b] [--seeds 10] [--evaluations N | --scale F] [--jobs 2] [--out FILE]
 *   node bench/search.ts run --minutes 20 [--problems a,b] [--seeds 5]      by the clock, one search at a time, two cores
 *   node bench/search.ts table [--out FILE]                                 Markdown
 *   node bench/search.ts svg [--out FILE] [--to docs/figures]               a chart for each problem
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { findProblem } from '../ui/run/find-problem.ts';
import { count, scoreIn } from '../ui/text/words.ts';
import { chartOf } from './search/figures.ts';
import { searches } from './search/plan.ts';
import { keyOf, openLines, readRecords, type Searched, type Wanted } from './search/records.ts';
import { figure, type Group, tables } from './search/table.ts';
import { inProcess, sweep } from './sweep.ts';

const one = join(import.meta.dirname, 'search', 'one.ts');

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    problems: { type: 'string' },
    strategies: { type: 'string' },
    seeds: { type: 'string' },
    evaluations: { type: 'string' },
    scale: { type: 'string' },
    minutes: { type: 'string' },
    jobs: { type: 'string' },
    out: { type: 'string', default: join(import.meta.dirname, 'results', 'sweep.jsonl') },
    to: { type: 'string', default: join(import.meta.dirname, '..', 'docs', 'figures') },
  },
});

const [command] = positionals;
if (command === 'run') await run();
else if (command === 'table') console.log(tables(await groups()));
else if (command === 'svg') await draw();
else {
  console.error(`Expected run, table or svg, got ${command ?? 'nothing'}`);
  process.exitCode = 2;
}

/** Makes the searches that the file lacks, some at a time. */
async function run(): Promise<void> {
  const all = await searches({
    problems: values.problems?.split(','),
    strategies: values.strategies?.split(','),
    seeds: number('seeds'),
    evaluations: number('evaluations'),
    scale: number('scale'),
    minutes: number('minutes'),
  });
  const done = new Set(readRecords(values.out).map(keyOf));
  const left = all.filter((wanted) => !done.has(keyOf(wanted)));
  console.log(`${all.length} searches, ${all.length - left.length} of them in ${values.out}`);
  const jobs = number('jobs') ?? (values.minutes === undefined ? 2 : 1);
  await sweep<Wanted, Searched>(left, jobs, {
    name: ({ problem, strategy, seed }) => `${problem} ${strategy} seed ${seed}`,
    make: (wanted) => inProcess(one, wanted),
    keep: openLines(values.out),
    line,
  });
}

async function line({ problem: name, strategy, seed, best, used, seconds }: Searched): Promise<string> {
  const { problem } = await findProblem(name);
  const words = [name, strategy, `seed ${seed}`, scoreIn(problem, figure(best))];
  return [...words, `${count(used)} evaluations`, `${seconds.toFixed(1)} s`].join('  ');
}

/** The records of the file by problem and budget. */
async function groups(): Promise<Group[]> {
  const wanted = values.problems?.split(',');
  const records = readRecords(values.out).filter(({ problem }) => wanted?.includes(problem) ?? true);
  if (records.length === 0)
    throw new Error(`Expected searches in ${values.out}, got none: run a sweep first`);
  const budgetOf = ({ evaluations, minutes }: Searched): string =>
    minutes === null ? `${count(evaluations!)} evaluations` : `${minutes} minutes`;
  const kinds = Map.groupBy(records, (record) => `${record.problem}, ${budgetOf(record)}`);
  return Promise.all(
    Array.from(kinds.values(), async (same) => {
      const { problem } = await findProblem(same[0]!.problem);
      return { problem, budget: budgetOf(same[0]!), records: same };
    }),
  );
}

async function draw(): Promise<void> {
  mkdirSync(values.to, { recursive: true });
  for (const group of await groups()) {
    if (group.records[0]!.minutes !== null) continue;
    const chart = chartOf(group);
    if (!chart) continue;
    const path = join(values.to, `${group.problem.name}.svg`);
    writeFileSync(path, chart);
    console.log(path);
  }
}

function number(name: 'seeds' | 'evaluations' | 'scale' | 'minutes' | 'jobs'): number | undefined {
  const text = values[name];
  if (text === undefined) return undefined;
  const value = Number(text);
  if (Number.isFinite(value) && value > 0) return value;
  throw new Error(`Expected --${name} to be a number above 0, got ${text}`);
}
