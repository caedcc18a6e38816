/**
 * Calls the problem's own code so that a throw or a wrong return value is a finding about one program and not the end of a
 * search: `{ wrong }` names the function and says what it did.
 */
import { ConfigError } from '../core/search/errors.ts';
import type { Goals } from '../core/search/objectives.ts';
import { clip, type Outcome, outcomeOf, type Verdict } from '../core/search/outcome.ts';
import type { Problem } from '../core/search/problem.ts';
import type { Source } from '../core/search/program.ts';
import type { Ran } from '../core/search/roles.ts';
import { verdictIn } from '../core/search/verdict.ts';
import type { JudgedInput } from './inputs.ts';

/** The parts of a problem that are called on programs and outputs. */
export type Trusted = Pick<Problem, 'name' | 'prepare' | 'judge' | 'residuals' | 'picture'> & Goals;

/** What a function of the problem returned, or what was wrong with that. */
type Given<T> = { readonly value: T } | { readonly wrong: string };

/** Most characters of feedback that are kept of one case, and of all cases of a program together. */
const [caseFeedback, allFeedback] = [1000, 20_000];

/** The program to run in place of a proposed one, or why it is refused. */
export function prepared(
  problem: Pick<Problem, 'name' | 'prepare'>,
  source: Source,
): { readonly source: Source } | { readonly refused: string } {
  if (!problem.prepare) return { source };
  const made = preparedBy(problem, source);
  if ('wrong' in made) return { refused: clip(made.wrong) };
  const { refused } = made.value;
  return typeof refused === 'string' ? { refused: clip(refused) } : { source: made.value as Source };
}

/** What the problem's `prepare` makes of a program, files or `{ refused }`, or what is wrong with `prepare`. */
export function preparedBy(
  { name, prepare }: Pick<Problem, 'name' | 'prepare'>,
  source: Source,
): Given<Readonly<Record<string, string>>> {
  const what = `prepare of ${name} to return a program or why it is refused`;
  const made = called<unknown>(what, () => (prepare ? prepare(source) : source));
  if ('wrong' in made) return made;
  return isProgram(made.value) ? { value: made.value } : { wrong: unlike(what, made.value) };
}

/** The outcome of a run, decided by the first case that breaks a rule or ended the run. */
export function judged(problem: Trusted, inputs: readonly JudgedInput[], { outputs, end }: Ran): Outcome {
  const verdicts: ({ readonly case: string } & Verdict)[] = [];
  let room = allFeedback;
  for (const [at, output] of outputs.entries()) {
    const { id, value: input } = inputs[at]!;
    const given = verdictOf(problem, input, output);
    const verdict = bounded('wrong' in given ? { invalid: given.wrong } : given.value, room);
    if ('score' in verdict) room -= verdict.feedback?.length ?? 0;
    verdicts.push({ case: id, ...verdict });
    const outcome = outcomeOf(verdicts.slice(-1), problem);
    if (outcome.status !== 'scored') return outcome;
  }
  if (end.status === 'done') return outcomeOf(verdicts, problem);
  const where = end.at === undefined ? '' : `case ${inputs[end.at]!.id}: `;
  return { status: end.status, feedback: clip(`${where}${end.message}`) };
}

/** The residuals of outputs that were found valid, all cases in a row; undefined for a problem without residuals. */
export function residualsOf(
  { name, residuals }: Pick<Problem, 'name' | 'residuals'>,
  inputs: readonly JudgedInput[],
  outputs: readonly unknown[],
): Given<readonly number[] | undefined> {
  if (!residuals) return { value: undefined };
  const all: number[] = [];
  for (const [at, { id, value: input }] of inputs.entries()) {
    const what = `residuals of ${name} to return finite numbers`;
    const given = called(what, () => residuals(input, outputs[at]));
    if ('wrong' in given) return { wrong: `case ${id}: ${given.wrong}` };
    const { value } = given;
    if (!Array.isArray(value) || !value.every(Number.isFinite))
      return { wrong: `case ${id}: ${unlike(what, value)}` };
    for (const each of value) all.push(each);
  }
  return { value: all };
}

/** The picture of the first output of a program that was scored. */
export function drawn(
  { name, picture }: Pick<Problem, 'name' | 'picture'>,
  [first]: readonly JudgedInput[],
  [output]: readonly unknown[],
): Given<string> {
  const what = `${name} to draw a picture`;
  const given = called<unknown>(what, () => picture?.(first!.value, output));
  if ('wrong' in given) return { wrong: `case ${first!.id}: ${given.wrong}` };
  return typeof given.value === 'string'
    ? { value: given.value }
    : { wrong: `case ${first!.id}: ${unlike(what, given.value)}` };
}

/** The judge's verdict on an output, or what is wrong with the judge. */
export function verdictOf(
  { name, judge }: Pick<Problem, 'name' | 'judge'>,
  input: unknown,
  output: unknown,
): Given<Verdict> {
  const what = `the judge of ${name} to return a verdict`;
  const given = called<unknown>(what, () => judge(input, output));
  if ('wrong' in given) return given;
  try {
    return { value: verdictIn(given.value, what, `the judge of ${name}`) };
  } catch (error) {
    if (error instanceof ConfigError) return { wrong: clip(error.message, 500) };
    throw error;
  }
}

/** A verdict as the journal keeps it: known fields, and texts of a bounded length. */
function bounded(verdict: Verdict, room: number): Verdict {
  if (!('score' in verdict)) return { invalid: clip(verdict.invalid, caseFeedback) };
  const { score, measures, feedback } = verdict;
  const most = Math.min(caseFeedback, room);
  return {
    score,
    ...(measures ? { measures } : {}),
    ...(feedback && most > 0 ? { feedback: clip(feedback, most) } : {}),
  };
}

function isProgram(made: unknown): made is Source {
  if (typeof made !== 'object' || made === null) return false;
  const texts = Object.values(made);
  return texts.length > 0 && texts.every((text) => typeof text === 'string');
}

function called<T>(what: string, work: () => T): Given<T> {
  try {
    return { value: work() };
  } catch (error) {
    return { wrong: `Expected ${what}, got ${clip(wordsOf(error), 500)}` };
  }
}

function unlike(what: string, got: unknown): string {
  return `Expected ${what}, got ${clip(shown(got), 500)}`;
}

function shown(value: unknown): string {
  try {
    return value === undefined ? 'nothing' : `\`${JSON.stringify(value)}\``;
  } catch {
    return `a ${typeof value} that is no JSON`;
  }
}

function wordsOf(error: unknown): string {
  try {
    return error instanceof Error ? `${error.name}: ${error.message}` : `a thrown ${String(error)}`;
  } catch {
    return 'a thrown value that cannot be shown';
  }
}
