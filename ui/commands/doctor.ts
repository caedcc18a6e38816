import { accessSync, constants } from 'node:fs';
import { availableParallelism, totalmem } from 'node:os';
import type { Command } from 'commander';
import { defineProblem } from '../../core/languages/define-problem.ts';
import type { Source } from '../../core/search/program.ts';
import { openPool } from '../../evaluators/runtimes.ts';
import { output } from '../text/output.ts';
import { version } from '../version.ts';

/** `atoll doctor`: what works on this machine, and what does not. */
export function doctor(atoll: Command): void {
  atoll
    .command('doctor')
    .summary('check what works on this machine')
    .action(async () => {
      const lines: [ok: boolean, what: string][] = [
        [true, `atoll ${version} on Node ${process.versions.node}, ${process.platform}-${process.arch}`],
        [true, `${availableParallelism()} cores, ${Math.round(totalmem() / 2 ** 30)} GiB of memory`],
        writable(),
        await sandbox(),
        await models(),
        ...(await learning()),
      ];
      for (const [ok, what] of lines) output.write(`${ok ? 'ok   ' : 'FAILS'} ${what}\n`);
      if (lines.some(([ok]) => !ok)) process.exitCode = 1;
    });
}

function writable(): [boolean, string] {
  try {
    accessSync('.', constants.W_OK);
    return [true, `runs can be kept in ${process.cwd()}/runs`];
  } catch (error) {
    return [false, `runs cannot be kept in ${process.cwd()}: ${(error as Error).message}`];
  }
}

/** Which models could be asked; that there are no keys is no failure. */
async function models(): Promise<[boolean, string]> {
  const { keyNames } = await import('../../core/models/client.ts');
  const { priceTable } = await import('../../core/models/prices.ts');
  const set = keyNames.filter((name) => process.env[name]?.trim());
  return [
    true,
    `models: ${set.length > 0 ? `keys in ${set.join(', ')}` : 'no keys set'}; prices of ${priceTable()}`,
  ];
}

/** What a network would learn on, how fast that is, and why nothing faster does; the plain one works everywhere. */
async function learning(): Promise<[boolean, string][]> {
  const { surveyBackends } = await import('../../core/learning/backends/surveyed.ts');
  try {
    const found = await surveyBackends();
    const used = found.find((each) => 'rate' in each);
    return found.map((each): [boolean, string] => [
      true,
      'rate' in each
        ? `learning on ${each.name}: ${each.rate.toPrecision(3)} GFLOP/s${each === used ? ', the one that is used' : ''}`
        : `learning on ${each.name}: not here, ${each.why}`,
    ]);
  } catch (error) {
    return [[false, `learning: ${(error as Error).message}`]];
  }
}

/** Runs a good program and an endless one for real. */
async function sandbox(): Promise<[boolean, string]> {
  const program = (body: string) => ({ 'program.js': `export function answer() { ${body} }` });
  const problem = defineProblem<null, number>({
    name: 'doctor',
    brief: 'Answer 42.',
    language: 'javascript',
    entry: 'answer',
    seeds: [program('return 42;')],
    cases: [{ id: 'only', input: null, use: 'scored' }],
    judge: (_, output) => (output === 42 ? { score: 1 } : { invalid: 'not 42' }),
    limits: { wallMs: 500, cpuMs: 300 },
  });
  try {
    await using pool = await openPool(problem, { workers: 1, isolation: 'context' });
    const outcome = async (source: Source, job: string) =>
      (await pool.evaluate(source, 'scored', job)).outcome;
    const good = await outcome(problem.seeds[0]!, 'good');
    const endless = await outcome(program('for (;;);'), 'endless');
    const after = await outcome(problem.seeds[0]!, 'after');
    const ok = good.status === 'scored' && endless.status === 'timeout' && after.status === 'scored';
    return [
      ok,
      `sandbox: a good program is ${good.status}, an endless one ${endless.status}, the next ${after.status}`,
    ];
  } catch (error) {
    return [false, `sandbox: ${(error as Error).message}`];
  }
}
