import { Script } from 'node:vm';
import { Piscina } from 'piscina';
import { ConfigError, expected, SandboxError } from '../core/errors.ts';
import type { Outcome } from '../core/outcome.ts';
import { type Case, casesFor, type Problem, type Use, uses } from '../core/problem.ts';
import type { Source } from '../core/program.ts';
import type { Evaluator, Measured } from '../core/roles.ts';
import { drawn, judged, residualsOf } from './judging.ts';
import type { Answer, CaseText, Isolation, Job, Post, Ran } from './message.ts';
import { prepared } from './preparing.ts';
import { openQueue } from './queue.ts';
import { allowStarts } from './starts.ts';

const file = new URL(
  import.meta.url.endsWith('.ts') ? './supervisor.ts' : './supervisor.js',
  import.meta.url,
);

/** An evaluator that can also show what a program made. */
export interface Pool extends Evaluator {
  /**
   * The outcome of a program, and of one that was scored the picture of its first case, drawn from the very outputs
   * that were judged. @throws ConfigError when the problem draws nothing, or fails to.
   */
  draw(source: Source, use: Use, signal?: AbortSignal): Promise<Drawing>;
}

/** What became of a program, and how that looks if it was scored. */
export interface Drawing {
  readonly outcome: Outcome;
  /** SVG text. */
  readonly picture?: string;
}

/**
 * An evaluator of `workers` threads, each with a process of its own in which programs run in an isolate.
 * @throws ConfigError when the drive cannot be sent as text; SandboxError when no sandbox starts.
 */
export async function openPool(
  problem: Problem,
  options: { readonly workers: number; readonly isolation: Isolation },
): Promise<Pool> {
  const { workers, isolation } = options;
  allowStarts();
  const threads = new Piscina<Job, Answer>({
    filename: file.href,
    minThreads: workers,
    maxThreads: workers,
    concurrentTasksPerWorker: 1,
    // A thread that sleeps in Atomics.wait would not hear its child.
    atomics: 'disabled',
    workerData: postOf(problem, isolation),
  });
  // A thread may answer a task that was aborted meanwhile; piscina reports that as an error, unheard fatal.
  threads.on('error', () => {});
  const closed = () => new SandboxError('Expected an open pool, got one that was disposed of');
  const queue = openQueue(workers, closed);
  let open = true;

  const ask = async (job: Job, signal?: AbortSignal): Promise<Answer> => {
    let answer: Answer;
    try {
      answer = await threads.run(job, signal ? { signal } : {});
    } catch (cause) {
      throw open ? new SandboxError(`Expected an answer from a thread, got ${cause}`, { cause }) : closed();
    }
    if (!('error' in answer)) return answer;
    throw answer.error === 'ConfigError' ? new ConfigError(answer.message) : new SandboxError(answer.message);
  };
  /** A problem that no thread can load prepares its programs here. */
  const run = async (job: NonNullable<Job>, signal?: AbortSignal): Promise<Answer> => {
    const made = problem.module ? job : prepared(problem, job.source);
    if ('outcome' in made) return made;
    return queue.run(() => ask({ ...job, source: made.source }, signal), signal);
  };
  const dispose = async () => {
    if (!open) return;
    open = false;
    await queue[Symbol.asyncDispose]();
    await threads.destroy();
  };

  try {
    await Promise.all(Array.from({ length: workers }, () => ask(undefined)));
  } catch (error) {
    await dispose();
    throw error;
  }
  const outputsOf = async (source: Source, use: Use, signal?: AbortSignal) => {
    const cases = some(problem, use);
    const answer = await run({ source, use, unjudged: true }, signal);
    if ('outcome' in answer) return { outcome: answer.outcome, outputs: [] };
    if (!('ran' in answer)) throw new SandboxError('Expected outputs from a thread, got none');
    const ran: Ran = JSON.parse(answer.ran);
    return { outcome: judged(problem, cases, ran), outputs: ran.outputs };
  };
  return {
    async evaluate(source, use, signal): Promise<Outcome> {
      const cases = some(problem, use);
      const answer = await run({ source, use }, signal);
      if ('outcome' in answer) return answer.outcome;
      if ('ran' in answer) return judged(problem, cases, JSON.parse(answer.ran));
      throw new SandboxError('Expected an outcome from a thread, got none');
    },
    async measure(source, use, signal): Promise<Measured> {
      const { outcome, outputs } = await outputsOf(source, use, signal);
      if (outcome.status !== 'scored' || !problem.residuals) return { outcome };
      return { outcome, residuals: residualsOf(problem, casesFor(problem, use), outputs) };
    },
    async draw(source, use, signal): Promise<Drawing> {
      const { outcome, outputs } = await outputsOf(source, use, signal);
      if (outcome.status !== 'scored') return { outcome };
      return { outcome, picture: drawn(problem, casesFor(problem, use)[0]!, outputs[0]) };
    },
    [Symbol.asyncDispose]: dispose,
  };
}

function some(problem: Problem, use: Use): readonly Case[] {
  const cases = casesFor(problem, use);
  if (!cases.length) throw expected(`${problem.name} to have ${use} cases`, 'none');
  return cases;
}

function postOf(problem: Problem, isolation: Isolation): Post {
  const { name, language, entry, limits, module } = problem;
  const texts = (use: Use): CaseText[] =>
    casesFor(problem, use).map(({ id, input }) => [id, JSON.stringify(input) ?? 'null']);
  const cases = Object.fromEntries(uses.map((use) => [use, texts(use)])) as Record<Use, CaseText[]>;
  return { name, language, entry, limits, module, isolation, cases, drive: driveText(problem.drive) };
}

/** The drive as an expression, whether it was written as a function, an arrow or a method. */
export function driveText(drive: Problem['drive']): string {
  if (!drive) return '(entry, input) => entry(input)';
  const text = drive.toString();
  for (const form of [text, `Object.values({ ${text} })[0]`]) {
    try {
      new Script(`(${form})`);
      return form;
    } catch {
      // Not this form of a function: the next, or none, is tried.
    }
  }
  throw expected('`drive` to be a function with a text', text, 'its text does not parse by itself');
}
