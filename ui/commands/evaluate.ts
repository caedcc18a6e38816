import type { Command } from 'commander';
import { expected } from '../../core/errors.ts';
import type { Outcome } from '../../core/outcome.ts';
import type { Use } from '../../core/problem.ts';
import { type Drawing, openPool } from '../../evaluators/pool.ts';
import { findProblem } from '../find.ts';
import { mustDraw, writePicture } from '../picture.ts';
import { programAt } from '../program.ts';
import { scoreIn } from '../words.ts';

interface Options {
  readonly split: string;
  readonly json?: boolean;
  readonly picture?: string;
}

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
    .option('--picture <file.svg>', 'draw what the program made of the first case, if it was scored')
    .action(async (name: string, file: string, options: Options) => {
      const use = useOf(options.split);
      const { problem } = await findProblem(name);
      if (options.picture) mustDraw(problem);
      const source = programAt(file, problem.language);
      await using pool = await openPool(problem, { workers: 1, isolation: 'context' });
      const start = performance.now();
      const drawing: Drawing = options.picture
        ? await pool.draw(source, use)
        : { outcome: await pool.evaluate(source, use) };
      const milliseconds = performance.now() - start;
      const { outcome } = drawing;
      const lines = options.json
        ? [JSON.stringify({ ...fields(outcome), milliseconds })]
        : readable(outcome, (score) => scoreIn(problem, score));
      process.stdout.write(`${lines.join('\n')}\n`);
      if (options.picture) writePicture(options.picture, drawing);
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
