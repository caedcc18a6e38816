import type { Command } from 'commander';
import { expected } from '../../core/errors.ts';
import type { Outcome } from '../../core/outcome.ts';
import type { Use } from '../../core/problem.ts';
import { openEvaluator } from '../compose.ts';
import { findProblem } from '../find.ts';
import { programAt } from '../program.ts';
import { scoreIn } from '../words.ts';

/** `atoll evaluate`: one program, as the search would judge it. */
export function evaluate(atoll: Command): void {
  atoll
    .command('evaluate')
    .summary('judge one program file')
    .description('Runs one program in the sandbox and judges it as the search would.')
    .argument('<problem|path>')
    .argument('<program file>', 'with the files of its folder that it imports')
    .option('--split <split>', 'search: the cases the search scores by; test: those held out', 'search')
    .option('--json', 'one JSON object')
    .action(async (name: string, file: string, options: { split: string; json?: boolean }) => {
      const use = useOf(options.split);
      const { problem } = await findProblem(name);
      const source = programAt(file, problem.language);
      await using evaluator = await openEvaluator(problem, 1);
      const start = performance.now();
      const outcome = await evaluator.evaluate(source, use);
      const milliseconds = performance.now() - start;
      const lines = options.json
        ? [JSON.stringify({ ...fields(outcome), milliseconds })]
        : readable(outcome, (score) => scoreIn(problem, score));
      process.stdout.write(`${lines.join('\n')}\n`);
    });
}

/** The same fields whatever became of the program: scripts rely on them. */
function fields(outcome: Outcome): object {
  const { status, feedback } = outcome;
  return outcome.status === 'scored'
    ? { status, score: outcome.score, measures: outcome.measures, verdicts: outcome.verdicts, feedback }
    : { status, score: null, measures: {}, verdicts: [], feedback };
}

function readable(outcome: Outcome, show: (score: number) => string): string[] {
  if (outcome.status !== 'scored') return [`${outcome.status}: ${outcome.feedback}`];
  const cases = outcome.verdicts.map((each) =>
    'invalid' in each ? `${each.case}  ${each.invalid}` : `${each.case}  ${show(each.score)}`,
  );
  return [`scored: ${show(outcome.score)} over ${cases.length} cases`, ...cases];
}

function useOf(split: string): Use {
  if (split === 'search') return 'scored';
  if (split === 'test') return 'held-out';
  throw expected('`--split` to be `search` or `test`', split);
}
