import { isDeepStrictEqual } from 'node:util';
import type { Command } from 'commander';
import { configure } from '../../core/config.ts';
import { ConfigError } from '../../core/errors.ts';
import { checkSizes } from '../../core/open.ts';
import { casesFor, type Problem, type Use } from '../../core/problem.ts';
import type { Source } from '../../core/program.ts';
import type { Evaluator } from '../../core/roles.ts';
import { openPool } from '../../evaluators/pool.ts';
import { findProblem } from '../find.ts';
import { output } from '../output.ts';
import { command } from '../shell.ts';
import { scoreIn } from '../words.ts';

/** `atoll check`: is the problem ready for a search? */
export function check(atoll: Command): void {
  atoll
    .command('check')
    .summary('try a problem out before searching')
    .description(
      'Runs the seeds twice on every case: verdict per case, time taken, and whether both runs agree.',
    )
    .argument('<problem|path>')
    .action(async (name: string) => {
      const { problem } = await findProblem(name);
      checkSizes(problem, configure({}));
      await using evaluator = await openPool(problem, { workers: 1, isolation: 'isolate' });
      let failed = '';
      for (const [i, seed] of problem.seeds.entries()) {
        for (const use of ['scored', 'validation', 'held-out'] as const) {
          if (casesFor(problem, use).length === 0) continue;
          failed ||= await tryOut(evaluator, problem, seed, use, `seed ${i + 1}, ${use} cases`);
        }
      }
      if (failed) throw new ConfigError(failed);
      output.write(`ready: ${command('run', name)}\n`);
    });
}

/** Prints what a seed does on those cases; a line of what is wrong, or nothing. */
async function tryOut(
  evaluator: Evaluator,
  problem: Problem,
  seed: Source,
  use: Use,
  label: string,
): Promise<string> {
  const start = performance.now();
  const first = await evaluator.evaluate(seed, use);
  const milliseconds = performance.now() - start;
  const second = await evaluator.evaluate(seed, use);
  if (first.status !== 'scored') {
    return `Expected ${label} of ${problem.name} to be scored, got \`${first.status}\`: ${first.feedback}`;
  }
  const alike = isDeepStrictEqual(first, second);
  const time = `${milliseconds.toFixed(1)} ms of ${problem.limits.wallMs} allowed`;
  const score = scoreIn(problem, first.score);
  output.write(`${label}: ${score}, ${time}, ${alike ? 'twice alike' : 'NOT ALIKE the second time'}\n`);
  for (const verdict of first.verdicts) {
    const note = 'score' in verdict && verdict.feedback ? `  ${verdict.feedback}` : '';
    if ('score' in verdict) output.write(`  ${verdict.case}  ${scoreIn(problem, verdict.score)}${note}\n`);
  }
  if (alike) return '';
  return `Expected ${label} of ${problem.name} to be judged alike twice, got two outcomes: is it random, or timed?`;
}
