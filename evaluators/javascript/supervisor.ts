/** A thread of the pool: runs programs in its child process, and judges their outputs where it can load the problem. */
import { workerData } from 'node:worker_threads';
import { ConfigError, expected, SandboxError } from '../../core/search/errors.ts';
import type { Problem, Use } from '../../core/search/problem.ts';
import { type Evaluate, evaluation } from '../evaluate.ts';
import type { Inputs } from '../inputs.ts';
import type { Trusted } from '../trusted.ts';
import { ChildRunner } from './child-process.ts';
import type { Answer, Job, WorkerSetup } from './message.ts';
import { threadRunner } from './thread-runner.ts';

// Piscina wraps the data of a worker in an array.
const setup: WorkerSetup = Array.isArray(workerData) ? workerData[1] : workerData;
const child = new ChildRunner(setup);
const runner = threadRunner(setup, child);
const evaluate = setup.judges ? evaluateHere(setup.judges) : undefined;
evaluate?.catch(() => {});

async function evaluateHere({
  module,
  name,
  goals,
  inputs,
}: NonNullable<WorkerSetup['judges']>): Promise<Evaluate> {
  const { default: main, variants = [] }: { default?: Problem; variants?: readonly Problem[] } = await import(
    module
  );
  const problem: Trusted | undefined = variants.find((each) => each.name === name) ?? main;
  if (typeof problem?.judge !== 'function')
    throw expected('the default export to have a judge', typeof problem?.judge, module);
  const lists = Object.entries(inputs).map(([use, at]) => [use as Use, setup.known[at]!]);
  // A problem's functions may use `this`, but not the fields that `defineProblem` fills in.
  return evaluation(
    {
      name,
      ...goals,
      judge: (input, output) => problem.judge(input, output),
      ...(problem.prepare && { prepare: (source) => problem.prepare!(source) }),
      ...(problem.residuals && { residuals: (input, output) => problem.residuals!(input, output) }),
      ...(problem.picture && { picture: (input, output) => problem.picture!(input, output) }),
    },
    Object.fromEntries(lists) as Inputs,
    runner,
  );
}

async function answer(job: Job): Promise<Answer> {
  if (!job) {
    await Promise.all([child.ready(), evaluate]);
    return { ready: true };
  }
  if ('evaluate' in job) {
    const { source, use, want, job: name } = job.evaluate;
    return { findings: await (await evaluate!)(source, use, want, name) };
  }
  const { program, inputs } = job.run;
  return { ran: await runner.send(program, inputs) };
}

/** Answers one job. Errors that the engine must know are returned, not thrown. */
export default async function supervise(job: Job): Promise<Answer> {
  try {
    return await answer(job);
  } catch (error) {
    if (error instanceof ConfigError || error instanceof SandboxError) {
      return { error: error.name, message: error.message };
    }
    throw error;
  }
}
