/**
 * The effect of learning: searches with a policy that learns against the same searches without one, with a frozen policy and
 * with shuffled rewards, seed by seed at equal evaluations; one process and one line of results for each search, so that an
 * interrupted comparison continues.
 *
 *   node bench/learning.ts run [--problems a,b] [--arms a,b] [--seeds 25 | --seeds 5-9] [--evaluations N] [--set k=v,...]
 *                              [--direct] [--jobs 1] [--out FILE]
 *   node bench/learning.ts table [--out FILE]
 */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { readSetting } from '../core/search/configure.ts';
import { type ArmName, arms, problems, usual } from './learning/plan.ts';
import { keyOf, type Learned, readRecords, type Wanted } from './learning/records.ts';
import { tableOf } from './learning/table.ts';
import { openLines } from './search/records.ts';
import { inProcess, sweep } from './sweep.ts';

const one = join(import.meta.dirname, 'learning', 'one.ts');

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    problems: { type: 'string', default: Object.keys(problems).join(',') },
    arms: { type: 'string', default: usual.join(',') },
    seeds: { type: 'string', default: '25' },
    evaluations: { type: 'string' },
    set: { type: 'string', default: '' },
    direct: { type: 'boolean', default: false },
    jobs: { type: 'string', default: '1' },
    out: { type: 'string', default: join(import.meta.dirname, 'results', 'learning.jsonl') },
  },
});

const [command] = positionals;
if (command === 'run') await run();
else if (command === 'table') {
  const groups = Map.groupBy(
    readRecords(values.out),
    (each) => `${each.problem} ${each.evaluations} ${each.direct}`,
  );
  for (const records of groups.values()) console.log(`${tableOf(records[0]!.problem, records)}\n`);
} else {
  console.error(`Expected run or table, got ${command ?? 'nothing'}`);
  process.exitCode = 2;
}

/** Runs the searches that the file lacks, seed by seed, so that an interrupted comparison has equal numbers of each arm. */
async function run(): Promise<void> {
  const done = new Set(readRecords(values.out).map(keyOf));
  const left = wanted().filter((each) => !done.has(keyOf(each)));
  console.log(`${left.length} searches to make`);
  await sweep<Wanted, Learned>(left, Number(values.jobs), {
    name: ({ problem, arm, seed }) => `${problem} ${arm} seed ${seed}`,
    make: (each) => inProcess(one, each),
    keep: openLines(values.out),
    line: ({ problem, arm, seed, score, used }) =>
      `${problem}  ${arm}  seed ${seed}  ${score.toFixed(4)}  ${used} evaluations`,
  });
}

function wanted(): Wanted[] {
  const [from, to] = values.seeds.includes('-')
    ? values.seeds.split('-').map(Number)
    : [1, Number(values.seeds)];
  const names = values.arms.split(',') as ArmName[];
  const wrong = names.find((name) => !(name in arms));
  if (wrong) throw new Error(`Expected arms among ${Object.keys(arms).join(', ')}, got ${wrong}`);
  const more = Object.fromEntries(
    values.set
      .split(',')
      .filter(Boolean)
      .map((pair) => pair.split('=') as [string, string])
      .map(([key, value]) => [key, readSetting(value)]),
  );
  const seeds = Array.from({ length: to! - from! + 1 }, (_, i) => from! + i);
  return seeds.flatMap((seed) =>
    values.problems.split(',').flatMap((problem) =>
      names.map((arm): Wanted => {
        const evaluations = Number(values.evaluations ?? problems[problem] ?? 2000);
        const settings = { ...arms[arm].settings, ...more };
        return { problem, arm, seed, settings, evaluations, direct: values.direct };
      }),
    ),
  );
}
