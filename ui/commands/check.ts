import { isDeepStrictEqual } from 'node:util';
import type { Command } from 'commander';
import { ConfigError } from '../../core/errors.ts';
import { casesFor, type Problem, type Use } from '../../core/problem.ts';
import type { Source } from '../../core/program.ts';
import type { Evaluator } from '../../core/roles.ts';
import { openPool } from '../../evaluators/pool.ts';
import { faultsOf } from '../faults.ts';
import { findProblem } from '../find.ts';
import { constraintsSaid, objectivesSaid, scoreIn } from '../words.ts';

/** `atoll check`: is the problem ready for a search? */
export function check(atoll: Command): void {
  atoll
    .command('check')
    .summary('try a problem out before searching')
    .description(
      'Runs the seeds twice on every case: verdict per case, time taken, and whether both runs agree. ' +
        'Then shows odd outputs and programs to the problem, and tells where its own code throws.',
    )
    .argument('<problem|path>')
    .action(async (name: string) => {
      const { problem } = await findProblem(name);
      await using evaluator = await openPool(problem, { workers: 1, isolation: 'isolate' });
      let failed = '';
      for (const [i, seed] of problem.seeds.entries()) {
        for (const use of ['scored', 'validation', 'held-out'] as const) {
          if (casesFor(problem, use).length === 0) continue;
          failed ||= await tryOut(evaluator, problem, seed, use, `seed ${i + 1}, ${use} cases`);
        }
      }
      if (failed) throw new ConfigError(failed);
      for (const fault of faultsOf(problem)) process.stdout.write(`note: ${fault}\n`);
      process.stdout.write(`ready: atoll run ${name}\n`);
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
  const { outcome: first } = await evaluator.evaluate(seed, use, `${label}, first`);
  const milliseconds = performance.now() - start;
  const { outcome: second } = await evaluator.evaluate(seed, use, `${label}, second`);
  if (first.status !== 'scored') {
    return `Expected ${label} of ${problem.name} to be scored, got \`${first.status}\`: ${first.feedback}`;
  }
  const alike = isDeepStrictEqual(first, second);
  const time = `${milliseconds.toFixed(1)} ms of ${problem.limits.wallMs} allowed`;
  const score = scoreIn(problem, first.score);
  process.stdout.write(
    `${label}: ${score}, ${time}, ${alike ? 'twice alike' : 'NOT ALIKE the second time'}\n`,
  );
  const goals = [
    ['objectives', objectivesSaid(problem, first.measures)],
    ['constraints, all kept', constraintsSaid(problem)],
  ] as const;
  for (const [title, texts] of goals) {
    if (texts.length > 0) process.stdout.write(`  ${title}: ${texts.join(', ')}\n`);
  }
  for (const verdict of first.verdicts) {
    const note = 'score' in verdict && verdict.feedback ? `  ${verdict.feedback}` : '';
    if ('score' in verdict)
      process.stdout.write(`  ${verdict.case}  ${scoreIn(problem, verdict.score)}${note}\n`);
  }
  if (alike) return '';
  return `Expected ${label} of ${problem.name} to be judged alike twice, got two outcomes: is it random, or timed?`;
}
