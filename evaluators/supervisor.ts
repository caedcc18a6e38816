/** A thread of the pool: makes scripts of programs, has them run in its child process, and judges. */
import { workerData } from 'node:worker_threads';
import { scriptOf } from '../core/code/script/module.ts';
import { ConfigError, expected, SandboxError } from '../core/errors.ts';
import type { Goals } from '../core/objectives.ts';
import type { Case, Problem, Use } from '../core/problem.ts';
import type { Source } from '../core/program.ts';
import { judged } from './judging.ts';
import { toolbox } from './library.ts';
import type { Answer, Job, Post } from './message.ts';
import { prepared } from './preparing.ts';
import { Warden } from './warden.ts';

// Piscina wraps what it is given.
const post: Post = Array.isArray(workerData) ? workerData[1] : workerData;
const warden = new Warden(post);
const trusted = post.module ? trustedFrom(post.module) : undefined;
trusted?.catch(() => {});

/** What of a problem is run here. */
async function trustedFrom(module: string): Promise<Pick<Problem, 'name' | 'judge' | 'prepare'> & Goals> {
  const problem: Problem = (await import(module)).default;
  if (typeof problem?.judge !== 'function')
    throw expected('the default export to have a judge', typeof problem?.judge, module);
  return {
    name: post.name,
    ...post.goals,
    judge: (input, output) => problem.judge(input, output),
    ...(problem.prepare && { prepare: (source) => problem.prepare!(source) }),
  };
}

function casesOf(use: Use): Case[] {
  return post.cases[use].map(([id, input]) => ({ id, input: JSON.parse(input), use }));
}

async function answer(job: Job): Promise<Answer> {
  if (!job) {
    await Promise.all([warden.ready(), trusted]);
    return { ready: true };
  }
  const problem = await trusted;
  const made = problem ? prepared(problem, job.source) : job;
  if ('outcome' in made) return made;
  return run(made.source, job, problem);
}

/** Runs a program that was prepared; judges, if the problem is known here. */
async function run(
  source: Source,
  { use, unjudged }: NonNullable<Job>,
  problem: Awaited<typeof trusted>,
): Promise<Answer> {
  const made = scriptOf(source, post.language, post.entry, toolbox);
  if ('refused' in made) return { outcome: { status: 'refused', feedback: made.refused } };
  const ran = await warden.run({ script: made.script, use });
  return problem && !unjudged ? { outcome: judged(problem, casesOf(use), JSON.parse(ran)) } : { ran };
}

/** Answers one job; never throws what has a meaning. */
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
