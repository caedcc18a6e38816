import { Piscina } from 'piscina';
import { ConfigError, SandboxError } from '../../core/search/errors.ts';
import { openQueue } from '../queue.ts';
import type { Answer, Job, WorkerSetup } from './message.ts';
import { allowStarts } from './starts.ts';

const file = new URL(
  import.meta.url.endsWith('.ts') ? './supervisor.ts' : './supervisor.js',
  import.meta.url,
);

/** Threads, each with a process of its own in which programs run. */
export interface Threads extends AsyncDisposable {
  /** Does one job in a thread, in order of arrival. @throws ConfigError, SandboxError; `signal.reason` when aborted */
  ask(job: NonNullable<Job>, signal?: AbortSignal): Promise<Answer>;
}

/** Starts `workers` threads and waits until each is ready. @throws ConfigError, SandboxError */
export async function openThreads(setup: WorkerSetup, workers: number): Promise<Threads> {
  allowStarts();
  const threads = new Piscina<Job, Answer>({
    filename: file.href,
    minThreads: workers,
    maxThreads: workers,
    concurrentTasksPerWorker: 1,
    // A thread that sleeps in Atomics.wait would not receive messages of its child.
    atomics: 'disabled',
    workerData: setup,
    // No `resourceLimits`: a judge may need the memory. Threads hold 20 to 40 MB, and V8 up to 150 for garbage.
  });
  // A thread may answer a task that was aborted meanwhile; piscina reports that as an error, fatal without a listener.
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
  return { ask: (job, signal) => queue.run(() => ask(job, signal), signal), [Symbol.asyncDispose]: dispose };
}
