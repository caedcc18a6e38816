/** A thread of the pool: makes scripts of programs, has them run in its child process, and judges. */
import { workerData } from 'node:worker_threads';
import { scriptOf } from '../core/code/script/module.ts';
import { ConfigError, expected, SandboxError } from '../core/errors.ts';
import type { Case, Problem, Use } from '../core/problem.ts';
import { judged } from './judging.ts';
import { toolbox } from './library.ts';
import type { Answer, Job, Post } from './message.ts';
import { Warden } from './warden.ts';

// Piscina wraps what it is given.
const post: Post = Array.isArray(workerData) ? workerData[1] : workerData;
const warden = new Warden(post);
const judge = post.module ? judgeFrom(post.module) : undefined;
judge?.catch(() => {});

async function judgeFrom(module: string): Promise<Problem['judge']> {
  const problem = (await import(module)).default;
  if (typeof problem?.judge === 'function') return (input, output) => problem.judge(input, output);
  throw expected('the default export to have a judge', typeof problem?.judge, module);
}

function casesOf(use: Use): Case[] {
  return post.cases[use].map(([id, input]) => ({ id, input: JSON.parse(input), use }));
}

async function answer(job: Job): Promise<Answer> {
  if (!job) {
    await Promise.all([warden.ready(), judge]);
    return { ready: true };
  }
  const { source, use } = job;
  const made = scriptOf(source, post.language, post.entry, toolbox);
  if ('refused' in made) return { outcome: { status: 'refused', feedback: made.refused } };
  const ran = await warden.run({ script: made.script, use });
  return judge && !job.unjudged
    ? { outcome: judged({ name: post.name, judge: await judge }, casesOf(use), ran) }
    : { ran };
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
