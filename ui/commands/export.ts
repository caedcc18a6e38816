import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { type Command, Option } from 'commander';
import { ConfigError, expected } from '../../core/search/errors.ts';
import { kinds } from '../export/dataset/kinds.ts';
import { exporting } from '../export/defaults.ts';
import { exportRuns } from '../export/export.ts';
import { runsIn } from '../export/runs.ts';
import { verify } from '../export/verify.ts';
import { output } from '../text/output.ts';
import { count } from '../text/words.ts';
import { integer } from './options.ts';

interface Options {
  readonly as?: string;
  readonly out?: string;
  readonly limit: number;
  readonly heldOut: number;
  readonly licence?: string;
  readonly decontaminate?: string;
  readonly verify?: string;
  readonly problem?: string;
  readonly json?: boolean;
}

/** `atoll export`: data sets for trainers, made from runs. */
export function exporter(atoll: Command): void {
  atoll
    .command('export')
    .summary('make a data set from runs')
    .description(
      `Makes a data set from runs, byte for byte the same each time:\n${kinds.map(({ name, what }) => `  ${name.padEnd(8)} ${what}`).join('\n')}`,
    )
    .argument('[run...]', 'run directories; several make one data set')
    .option('--as <kind>', kinds.map(({ name }) => name).join(', '))
    .option('--out <dir>', 'where to; <run>/datasets/<kind> by default')
    .option('--limit <n>', 'most examples', integer('--limit', 1), exporting.limit)
    .addOption(
      new Option('--held-out <share>', 'fraction of the examples for test.jsonl, split by lineage')
        .default(exporting.heldOut)
        .argParser(share),
    )
    .option('--licence <text>', 'what the data may be used for, for the manifest')
    .option('--decontaminate <file>', 'remove examples that share 13 consecutive words with this text')
    .option('--verify <dir>', 'run every program of a data set again, and check its recorded score')
    .option('--problem <problem|path>', 'with --verify: the problem, if it is not a shipped one')
    .option('--json', 'the manifest on stdout')
    .action(async (dirs: string[], options: Options) => {
      const done =
        options.verify === undefined
          ? await write(dirs, options)
          : await check(dirs, options.verify, options);
      output.write(`${done.join('\n')}\n`);
    });
}

async function write(dirs: readonly string[], options: Options): Promise<string[]> {
  const kind = kinds.find(({ name }) => name === options.as);
  if (!kind) throw expected(`\`--as\` to be one of ${kinds.map(({ name }) => name).join(', ')}`, options.as);
  const [first] = dirs;
  if (first === undefined) throw new ConfigError('Expected the directory of a run, got none');
  const { out = join(first, 'datasets', kind.name), limit, heldOut, licence, decontaminate } = options;
  const apart =
    decontaminate === undefined ? undefined : { name: basename(decontaminate), text: textIn(decontaminate) };
  const runs = await runsIn(dirs);
  const manifest = await exportRuns({ kind, runs, out, share: { limit, heldOut }, licence, apart });
  if (options.json) return [JSON.stringify(manifest)];
  const { files, filters, trials } = manifest;
  const rows = files.filter(({ path }) => !path.includes('/'));
  const taken = filters.filter(({ removed }) => removed > 0);
  return [
    ...rows.map((file) => `${join(out, file.path)}  ${count(file.rows)} rows`),
    ...(rows.length > 0
      ? []
      : [`${join(out, 'manifest.json')}  no rows: of ${count(trials)} trials none was left`]),
    ...taken.map(
      ({ filter, of, takes, removed }) => `  left out ${count(removed)} ${of}: ${filter} (${takes})`,
    ),
  ];
}

async function check(dirs: readonly string[], dir: string, { problem, as }: Options): Promise<string[]> {
  if (dirs.length > 0 || as !== undefined)
    throw new ConfigError('Expected --verify to stand without runs and without --as, got both');
  const { rows, programs, wrong } = await verify(dir, problem);
  if (wrong.length > 0) {
    process.exitCode = 1;
    return [`${count(wrong.length)} claims of ${dir} do not hold:`, ...wrong.slice(0, 20)];
  }
  return [`${count(rows)} rows hold: ${count(programs)} programs were run again`];
}

function share(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !(value >= 0 && value < 1))
    throw expected('`--held-out` to be a number from 0 to below 1', text);
  return value;
}

function textIn(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new ConfigError(`Expected a text that can be read, got \`${file}\`: ${(error as Error).message}`);
  }
}
