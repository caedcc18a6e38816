import { isDeepStrictEqual } from 'node:util';
import type { Command } from 'commander';
import { languageNamed } from '../../core/languages/registry.ts';
import { configure } from '../../core/search/configure.ts';
import { ConfigError } from '../../core/search/errors.ts';
import { checkSizes } from '../../core/search/open.ts';
import type { Outcome } from '../../core/search/outcome.ts';
import { casesFor, type Problem, type Use } from '../../core/search/problem.ts';
import type { Source } from '../../core/search/program.ts';
import type { Evaluator } from '../../core/search/roles.ts';
import { openPool } from '../../evaluators/runtimes.ts';
import { search } from '../library-search.ts';
import { canEdit } from '../run/compose.ts';
import { faultsOf } from '../run/faults.ts';
import { findProblem } from '../run/find-problem.ts';
import { outweighing } from '../run/outweighing.ts';
import { output } from '../text/output.ts';
import { command } from '../text/shell.ts';
import { constraintsSaid, objectivesSaid, scoreIn, splits } from '../text/words.ts';

/** `atoll check`: is the problem ready for a search? */
export function check(atoll: Command): void {
  atoll
    .command('check')
    .summary('check a problem before searching')
    .description(
      'Runs the seeds twice on every case: verdict per case, time taken, whether both runs agree, and whether one case outweighs all others. ' +
        'Then calls the problem with odd outputs and programs, and reports where its own code throws.',
    )
    .argument('<problem|path>')
    .action(async (name: string) => {
      const { problem } = await findProblem(name);
      checkSizes(problem, configure({}));
      await using evaluator = await openPool(problem, { workers: 1, isolation: 'isolate' });
      let failed = '';
      for (const [i, seed] of problem.seeds.entries()) {
        for (const [split, use] of splits) {
          if (casesFor(problem, use).length === 0) continue;
          failed ||= await tryOut(evaluator, problem, seed, use, `seed ${i + 1}, ${split} cases`);
        }
      }
      if (failed) throw new ConfigError(failed);
      for (const fault of faultsOf(problem)) output.write(`note: ${fault}\n`);
      const editable = canEdit(problem, languageNamed(problem.language));
      if (casesFor(problem, 'scored').length > 1 && editable) await warnOfWeights(problem);
      output.write(`ready: ${command('run', name)}\n`);
    });
}

/** Small changes of the seeds that are run to see how scores differ. */
const changes = 16;

/** Says so where one case nearly decides the mean: among the seeds and small changes of them, as a search makes them. */
async function warnOfWeights(problem: Problem): Promise<void> {
  const outcomes: Outcome[] = [];
  const settings = {
    evaluations: problem.seeds.length + changes,
    learning: 'off',
    'tune.maxEvaluations': 0,
  } as const;
  for await (const event of search(problem, { ...settings, workers: 1 })) {
    if (event.type === 'opened') outcomes.push(...event.seeds.map(({ outcome }) => outcome));
    if (event.type === 'evaluated') outcomes.push(event.outcome);
    if (event.type === 'closed') break;
  }
  const scored = outcomes.filter((outcome) => outcome.status === 'scored');
  const found = outweighing(scored);
  if (!found) return;
  output.write(
    `warning: case ${found.case} makes ${Math.floor(found.share * 100)} % of the differences between the scores of ` +
      `${scored.length} programs, the seeds and small changes of them: the score is the mean over cases, so the other ` +
      `cases hardly count; bring the cases to one scale\n`,
  );
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
  output.write(`${label}: ${score}, ${time}, ${alike ? 'the same twice' : 'NOT THE SAME the second time'}\n`);
  const goals = [
    ['objectives', objectivesSaid(problem, first.measures)],
    ['constraints, all kept', constraintsSaid(problem)],
  ] as const;
  for (const [title, texts] of goals) {
    if (texts.length > 0) output.write(`  ${title}: ${texts.join(', ')}\n`);
  }
  for (const verdict of first.verdicts) {
    const note = 'score' in verdict && verdict.feedback ? `  ${verdict.feedback}` : '';
    if ('score' in verdict) output.write(`  ${verdict.case}  ${scoreIn(problem, verdict.score)}${note}\n`);
  }
  if (alike) return '';
  return `Expected ${label} of ${problem.name} to have the same outcome twice, got two: is it random, or timed?`;
}
