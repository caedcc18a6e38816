/**
 * What learning is worth: searches with a policy that learns beside the same searches without one, with it frozen and
 * with shuffled rewards, seed by seed at equal evaluations; one process and one line of results for each search, so that
 * a comparison that was cut short goes on where it stopped.
 *
 *   node bench/learning.ts run [--problems a,b] [--arms a,b] [--seeds 25 | --seeds 5-9] [--evaluations N] [--set k=v,...]
 *                              [--direct] [--jobs 1] [--out FILE]
 *   node bench/learning.ts table [--out FILE]
 */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { readSetting } from '../core/config.ts';
import { duration } from '../ui/words.ts';
import { type ArmName, arms, problems, usual } from './learning/plan.ts';
import { keyOf, type Learned, readRecords, type Wanted } from './learning/records.ts';
import { tableOf } from './learning/table.ts';
import { openLines } from './search/records.ts';

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

/** Makes the searches that the file lacks, seed by seed, so that one cut short has as many of each arm. */
async function run(): Promise<void> {
  const done = new Set(readRecords(values.out).map(keyOf));
  const left = wanted().filter((each) => !done.has(keyOf(each)));
  console.log(`${left.length} searches to make`);
  const append = openLines(values.out);
  const start = Date.now();
  let ended = 0;
  const lane = async (): Promise<void> => {
    for (let each = left.shift(); each; each = left.shift()) {
      try {
        const record = await make(each);
        append(record);
        ended += 1;
        const rest = duration(((Date.now() - start) / ended) * left.length);
        const { problem, arm, seed, score, used } = record;
        console.log(
          `${problem}  ${arm}  seed ${seed}  ${score.toFixed(4)}  ${used} evaluations  ${left.length} left, about ${rest}`,
        );
      } catch (error) {
        process.exitCode = 1;
        console.error(`${each.problem} ${each.arm} seed ${each.seed}: ${(error as Error).message}`);
      }
    }
  };
  await Promise.all(Array.from({ length: Number(values.jobs) }, lane));
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

/** Runs one search in a process of its own. */
function make(each: Wanted): Promise<Learned> {
  return new Promise((resolve, reject) => {
    execFile(
      process.execPath,
      [...process.execArgv, one, JSON.stringify(each)],
      { maxBuffer: 2 ** 26 },
      (error, out, err) => {
        if (error) reject(new Error(`${error.message.slice(0, 200)} ${err.slice(-2000)}`));
        else resolve(JSON.parse(out));
      },
    );
  });
}
