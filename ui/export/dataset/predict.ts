import { languageNamed } from '../../../core/languages/registry.ts';
import { fenced } from '../../../core/prompts/fence.ts';
import type { Problem } from '../../../core/search/problem.ts';
import type { Source } from '../../../core/search/program.ts';
import type { Random } from '../../../core/search/random.ts';
import { diverse } from './diverse.ts';
import { assistantTurn, type Kind } from './kind.ts';
import type { ChatTurn } from './views.ts';

/** The result of a call of a program's entry: JSON text of its return value, or the name of the error that it threw. */
export type Returned = { readonly value: string } | { readonly error: string };

/** The part of a call that a question asks for. */
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
  /** JSON text of the return value, or the name of the error. */
  readonly answer: string;
}

/** Maximum length of arguments and return value in characters, so that a person could still derive the answer. */
const longest = 400;

/** Maximum number of questions about one program. */
const most = 3;

/**
 * Questions with answers that can be checked by running the program (CodeBoost, Wang 2025): its return value for given
 * arguments, arguments for a given return value, and the name of an error. Its plans name programs; `questions` makes rows.
 */
export const predict: Kind = {
  name: 'predict',
  what: 'what a program returns, or throws, for arguments; every answer can be checked by running it',
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

/** Some questions about a program, given all calls and their results. */
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
    // A repeated answer adds little.
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
    output: `${call}\n\nWhat does it return? Answer with JSON and nothing else.`,
    input: `\`${entry}\` returned this value:\n\n${answer}\n\nFor which arguments does it return this value? Answer with one JSON list of arguments and nothing else.`,
    error: `${call}\n\nThe call throws an error. What is the name of the error? Answer with the name and nothing else.`,
  };
  return [
    { role: 'system', content: 'You determine the behaviour of programs without running them.' },
    { role: 'user', content: `# Program\n\n${program}\n\n# Question\n\n${asks[task]}` },
  ];
}
