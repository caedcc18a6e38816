import { readFileSync } from 'node:fs';
import { type Command, Option } from 'commander';
import { languageNamed } from '../../core/languages/registry.ts';
import { ConfigError, expected } from '../../core/search/errors.ts';
import { type Measures, objectivesAmong } from '../../core/search/objectives.ts';
import type { Outcome } from '../../core/search/outcome.ts';
import type { Problem, Use } from '../../core/search/problem.ts';
import type { Source } from '../../core/search/program.ts';
import { applyReply, type Form } from '../../core/text/patch/patch.ts';
import type { Drawing } from '../../evaluators/evaluate.ts';
import { openPool } from '../../evaluators/runtimes.ts';
import { findProblem } from '../run/find-problem.ts';
import { programAt } from '../run/program.ts';
import { output } from '../text/output.ts';
import { mustDraw, writePicture } from '../text/picture.ts';
import { objectivesSaid, scoreIn, splits } from '../text/words.ts';

interface Options {
  readonly split: string;
  readonly answer?: string;
  readonly form: Form;
  readonly json?: boolean;
  readonly picture?: string;
}

/** `atoll evaluate`: one program, as the search would judge it. */
export function evaluate(atoll: Command): void {
  atoll
    .command('evaluate')
    .summary('judge one program file')
    .description('Runs one program in the sandbox and judges it as a search would.')
    .argument('<problem|path>')
    .argument('<program file>', 'with the files of its folder that it imports')
    .option(
      '--split <split>',
      'cases to judge on: search, validation, or test (the held-out cases)',
      'search',
    )
    .option('--answer <file>', "a model's answer, applied to the program first")
    .addOption(
      new Option('--form <form>', 'how the answer states its change')
        .choices(['diff', 'whole', 'part'])
        .default('diff'),
    )
    .option('--json', 'one JSON object')
    .option('--picture <file.svg>', 'draw its output on the first case, if it was scored')
    .action(async (name: string, file: string, options: Options) => {
      const use = useOf(options.split);
      const { problem } = await findProblem(name);
      if (options.picture) mustDraw(problem);
      const given = programAt(file, languageNamed(problem.language));
      const source =
        options.answer === undefined
          ? { program: given }
          : answered(problem, given, options.answer, options.form);
      await using pool = await openPool(problem, { workers: 1, isolation: 'context' });
      const start = performance.now();
      const drawing: Drawing =
        'refused' in source
          ? { outcome: { status: 'refused', feedback: source.refused } }
          : options.picture
            ? await pool.draw(source.program, use, 'given')
            : await pool.evaluate(source.program, use, 'given');
      const milliseconds = performance.now() - start;
      const { outcome, usage = null } = drawing;
      const lines = options.json
        ? [JSON.stringify({ ...fields(outcome, problem), milliseconds, usage })]
        : readable(outcome, problem);
      output.write(`${lines.join('\n')}\n`);
      if (options.picture) writePicture(options.picture, drawing);
    });
}

/** The program after an answer was applied, or why it cannot be. */
function answered(
  { language }: Problem,
  program: Source,
  file: string,
  form: Form,
): { readonly program: Source } | { readonly refused: string } {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new ConfigError(
      `Expected an answer that can be read, got \`${file}\`: ${(error as Error).message}`,
    );
  }
  const made = applyReply(form, program, text, languageNamed(language), false);
  return 'source' in made ? { program: made.source } : { refused: made.malformed };
}

/** The same fields for every outcome: scripts rely on them. */
function fields(outcome: Outcome, problem: Problem): object {
  const goals = (objectives: Measures): object => (problem.objectives ? { objectives } : {});
  if (outcome.status !== 'scored') {
    const { status, feedback } = outcome;
    return { status, score: null, measures: {}, ...goals({}), verdicts: [], feedback };
  }
  const { status, score, measures, verdicts, feedback } = outcome;
  return { status, score, measures, ...goals(objectivesAmong(problem, measures)), verdicts, feedback };
}

function readable(outcome: Outcome, problem: Problem): string[] {
  const show = (score: number): string => scoreIn(problem, score);
  if (outcome.status !== 'scored') return [`${outcome.status}: ${outcome.feedback}`];
  const cases = outcome.verdicts.map((each) =>
    'invalid' in each ? `${each.case}  ${each.invalid}` : `${each.case}  ${show(each.score)}`,
  );
  const goals = objectivesSaid(problem, outcome.measures);
  const line = goals.length > 0 ? [`objectives: ${goals.join(', ')}`] : [];
  return [`scored: ${show(outcome.score)} over ${cases.length} cases`, ...line, ...cases];
}

function useOf(split: string): Use {
  const found = splits.find(([name]) => name === split);
  if (!found) throw expected('`--split` to be `search`, `validation` or `test`', split);
  return found[1];
}
