import { languageNamed } from '../../../core/languages/registry.ts';
import { fenced } from '../../../core/prompts/fence.ts';
import type { Problem } from '../../../core/search/problem.ts';
import type { Source } from '../../../core/search/program.ts';
import type { Random } from '../../../core/search/random.ts';
import { diverse } from './diverse.ts';
import { assistantTurn, type Kind } from './kind.ts';
import type { ChatTurn } from './views.ts';

/** What a call of a program's entry came to: JSON text of what it returned, or the name of what it threw. */
export type Returned = { readonly value: string } | { readonly error: string };

/** What is asked of one call: all but one of program, arguments and outcome are told. */
type Question = 'output' | 'input' | 'error';

/** A row: enough to run the program again, anywhere, and see whether the answer is right. */
export interface Prediction {
  /** Name of the program's trial. */
  readonly id: string;
  readonly prompt: readonly ChatTurn[];
  readonly completion: ReturnType<typeof assistantTurn>;
  readonly task: Question;
  readonly language: Problem['language'];
  readonly entry: string;
  /** JSON text of the files by path. */
  readonly program: string;
  /** JSON text of the list of arguments. */
  readonly arguments: string;
  /** JSON text of what it returned, or the name of the error. */
  readonly answer: string;
}

/** Longest text of arguments and of what is returned, in characters: a person could still work it out. */
const longest = 400;

/** Questions about one program. */
const most = 3;

/**
 * Questions with answers that can be run again (CodeBoost, Wang 2025): what a program returns for some arguments, what
 * arguments make it return something, and what error it throws. Its plans name programs only; `questions` makes rows.
 */
export const predict: Kind = {
  name: 'predict',
  what: 'what a program returns, or throws, for arguments; every answer can be run again',
  takes: 'have a program that was scored or that crashed',
  compares: true,
  accepts: ({ source, outcome }) =>
    source !== undefined && (outcome?.status === 'scored' || outcome?.status === 'crashed'),
  plans: (summaries, { near, caps, into }) =>
    diverse(summaries, near, caps, into).map((summary) => ({
      summaries: [summary],
      textKind: 'synthetic',
      priority: summary.reward,
    })),
  rows: () => [],
};

/** Some questions about the program of that name, given all calls that were made and what each came to. */
export function questions(
  { language, entry }: Pick<Problem, 'language' | 'entry'>,
  id: string,
  source: Source,
  calls: readonly (readonly unknown[])[],
  returned: readonly Returned[],
  random: Random,
): Prediction[] {
  const rows: Prediction[] = [];
  const asked = new Set<string>();
  const order = calls.map((_, i) => ({ i, key: random.next() })).sort((a, b) => a.key - b.key);
  for (const { i } of order) {
    const given = JSON.stringify(calls[i]);
    const came = returned[i]!;
    const answer = 'error' in came ? came.error : came.value;
    // The same answer twice says little the second time.
    if (given.length > longest || answer.length > longest || answer === 'null' || asked.has(answer)) continue;
    asked.add(answer);
    const task = 'error' in came ? 'error' : rows.length % 2 === 0 ? 'output' : 'input';
    const shared = { id, language, entry, program: JSON.stringify(source), arguments: given, answer };
    const completion = assistantTurn(task === 'input' ? given : answer);
    rows.push({
      prompt: ask(task, fenced(source, languageNamed(language)), entry, given, answer),
      completion,
      task,
      ...shared,
    });
    if (rows.length === most) break;
  }
  return rows;
}

function ask(task: Question, program: string, entry: string, given: string, answer: string): ChatTurn[] {
  const call = `\`${entry}\` is called with these arguments, a JSON list:\n\n${given}`;
  const asks = {
    output: `${call}\n\nWhat does it return? Answer with JSON alone.`,
    input: `\`${entry}\` returned this:\n\n${answer}\n\nWith what arguments could it have been called? Answer with one JSON list of arguments alone.`,
    error: `${call}\n\nIt throws. What is the name of the error? Answer with the name alone.`,
  };
  return [
    { role: 'system', content: 'You work out what programs do without running them.' },
    { role: 'user', content: `# Program\n\n${program}\n\n# Question\n\n${asks[task]}` },
  ];
}
