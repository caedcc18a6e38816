import { Script } from 'node:vm';
import { dialectOf } from '../../core/languages/javascript/parse.ts';
import { expected, SandboxError } from '../../core/search/errors.ts';
import { goalsAlone } from '../../core/search/objectives.ts';
import type { Limits, Problem } from '../../core/search/problem.ts';
import type { Input, Ran, Runner } from '../../core/search/roles.ts';
import { type Evaluate, evaluation, evaluatorBy, type Pool } from '../evaluate.ts';
import { type Inputs, inputsOf } from '../inputs.ts';
import { sharing } from '../shared.ts';
import { type Isolation, positionsOf, type WorkerSetup } from './message.ts';
import { ranOf, sentAs } from './thread-runner.ts';
import { openThreads, type Threads } from './threads.ts';

/** How many programs run at a time, and how they are isolated from each other. */
export interface PoolOptions {
  readonly workers: number;
  readonly isolation: Isolation;
}

/** How the programs of a runner are called, and what a run may use. */
export interface Calls {
  readonly language: Problem['language'];
  readonly entry: string;
  /** Text of an expression `(entry, input, freshLoad) => output`, evaluated inside the sandbox. */
  readonly harness: string;
  /** What a run of `batch` inputs or fewer may use; a longer one has proportionally more time. */
  readonly limits: Limits;
  readonly batch: number;
  /** Lists of inputs that travel once; any other list is sent with each run. */
  readonly known: readonly (readonly Input[])[];
}

/**
 * A runner of `workers` threads, each with a process of its own in which programs run in an isolate.
 * @throws SandboxError when no sandbox starts
 */
export async function openRunner(calls: Calls, { workers, isolation }: PoolOptions): Promise<Runner> {
  const threads = await openThreads({ ...calls, language: dialectOf(calls.language), isolation }, workers);
  return { run: runBy(threads, calls.known), [Symbol.asyncDispose]: () => threads[Symbol.asyncDispose]() };
}

/**
 * An evaluator of `workers` threads. The judge and the other code of the problem run in these threads if the problem
 * has a module that they can load, else in the engine's own thread; in both by the same function (`evaluation`).
 * @throws ConfigError when the harness cannot be sent as text; SandboxError when no sandbox starts
 */
export async function openPool(problem: Problem, { workers, isolation }: PoolOptions): Promise<Pool> {
  const { name, entry, limits, module } = problem;
  const inputs = inputsOf(problem);
  const { known, positions } = positionsOf(inputs);
  const setup: WorkerSetup = {
    language: dialectOf(problem.language),
    entry,
    harness: harnessText(problem.harness),
    isolation,
    limits,
    batch: inputs.scored.length,
    known,
    ...(module === undefined
      ? {}
      : { judges: { module, name, goals: goalsAlone(problem), inputs: positions } }),
  };
  const threads = await openThreads(setup, workers);
  const inEngine = evaluation(problem, inputs, { run: runBy(threads, known) });
  return evaluatorBy(module === undefined ? inEngine : evaluateBy(threads, problem, inputs), threads);
}

function runBy(threads: Threads, known: readonly (readonly Input[])[]): Runner['run'] {
  const share = sharing<Ran>();
  return (program, inputs, job, signal) => {
    const start = async (stop: AbortSignal): Promise<Ran> => {
      const answer = await threads.ask({ run: { program, inputs: sentAs(inputs, known) } }, stop);
      if (!('ran' in answer)) throw new SandboxError('Expected a run from a thread, got none');
      return ranOf(answer.ran);
    };
    return share(job, start, signal);
  };
}

function evaluateBy(threads: Threads, { name }: Problem, inputs: Inputs): Evaluate {
  return async (source, use, want, job, signal) => {
    if (inputs[use].length === 0) throw expected(`${name} to have ${use} cases`, 'none');
    const answer = await threads.ask({ evaluate: { source, use, want, job } }, signal);
    if (!('findings' in answer)) throw new SandboxError('Expected findings from a thread, got none');
    return answer.findings;
  };
}

/** The harness as an expression, whether it was written as a function, an arrow or a method. */
export function harnessText(harness: Problem['harness']): string {
  if (!harness) return '(entry, input) => entry(input)';
  const text = harness.toString();
  for (const form of [text, `Object.values({ ${text} })[0]`]) {
    try {
      new Script(`(${form})`);
      return form;
    } catch {
      // Not this form of a function: the next one is tried.
    }
  }
  throw expected('`harness` to be a function with a text', text, 'its text does not parse by itself');
}
