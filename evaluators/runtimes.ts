import { expected } from '../core/search/errors.ts';
import type { Problem } from '../core/search/problem.ts';
import type { Task } from '../core/search/roles.ts';
import type { Pool } from './evaluate.ts';
import { openPool as openJavascriptPool, type PoolOptions } from './javascript/pool.ts';
import { samplesOf as javascriptSamplesOf } from './javascript/samples.ts';

/** Where programs of one language run. */
interface Runtime {
  /** An evaluator of `workers` sandboxes. @throws ConfigError, SandboxError */
  openPool(problem: Problem, options: PoolOptions): Promise<Pool>;
  /** Arguments with which a seed is called on the shown cases. */
  samplesOf(problem: Problem): Promise<Task['samples']>;
}

const javascript: Runtime = { openPool: openJavascriptPool, samplesOf: javascriptSamplesOf };

/** Runtimes by the name of the language, a line each. */
const runtimes: Readonly<Record<string, Runtime>> = {
  javascript,
  typescript: javascript,
};

/** @throws ConfigError for a language whose programs cannot be run here */
function runtimeOf({ name, language }: Problem): Runtime {
  if (Object.hasOwn(runtimes, language)) return runtimes[language]!;
  throw expected(
    `a language with a runtime (${Object.keys(runtimes).join(', ')})`,
    language,
    `problem ${name}`,
  );
}

/** An evaluator for programs of a problem, in the runtime of its language. @throws ConfigError, SandboxError */
export function openPool(problem: Problem, options: PoolOptions): Promise<Pool> {
  return runtimeOf(problem).openPool(problem, options);
}

/** As `Runtime.samplesOf`, in the runtime of the problem's language. */
export function samplesOf(problem: Problem): Promise<Task['samples']> {
  return runtimeOf(problem).samplesOf(problem);
}
