import { Worker } from 'node:worker_threads';
import type { Production } from '../policy/grammar.ts';
import type { Method, TrainedWeights } from '../policy/policy-kind.ts';
import type { Group } from '../rollout-buffer.ts';
import type { policyKinds } from './policy-kinds.ts';

/** A batch, as it is sent to the thread. */
export interface Job {
  readonly number: number;
  readonly kind: keyof typeof policyKinds;
  readonly grammar: readonly Production[];
  readonly text: string | undefined;
  readonly groups: readonly Group[];
  readonly earlier: readonly Group[];
  readonly method: Method;
}

/** The result of a job. */
export type Answer = { readonly number: number } & (
  | { readonly result: TrainedWeights }
  | { /** A bug of the engine. */ readonly error: string }
);

const file = new URL(import.meta.url.endsWith('.ts') ? './worker.ts' : './worker.js', import.meta.url);

/** A thread that trains policies; it starts with its first batch and does not keep the process alive. */
export class Thread implements AsyncDisposable {
  #worker: Worker | undefined;
  #number = 0;
  readonly #waiting = new Map<number, PromiseWithResolvers<TrainedWeights>>();

  /** @throws `signal.reason` when aborted; an Error when the thread fails. */
  train(job: Omit<Job, 'number'>, signal: AbortSignal): Promise<TrainedWeights> {
    signal.throwIfAborted();
    this.#number += 1;
    const number = this.#number;
    const waiting = Promise.withResolvers<TrainedWeights>();
    this.#waiting.set(number, waiting);
    const leave = (): void => waiting.reject(signal.reason);
    signal.addEventListener('abort', leave);
    const worker = this.#worker ?? this.#start();
    worker.ref();
    worker.postMessage({ number, ...job } satisfies Job);
    return waiting.promise.finally(() => {
      signal.removeEventListener('abort', leave);
      this.#waiting.delete(number);
      if (this.#waiting.size === 0) worker.unref();
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#worker?.terminate();
    this.#worker = undefined;
  }

  #start(): Worker {
    const worker = new Worker(file);
    this.#worker = worker;
    worker.on('message', (answer: Answer) => {
      const waiting = this.#waiting.get(answer.number);
      if ('result' in answer) waiting?.resolve(answer.result);
      else waiting?.reject(new Error(answer.error));
    });
    worker.on('error', (error) => this.#fail(error));
    worker.on('exit', () =>
      this.#fail(new Error('Expected the training thread to keep running, got its end')),
    );
    return worker;
  }

  #fail(error: unknown): void {
    this.#worker = undefined;
    for (const waiting of this.#waiting.values()) waiting.reject(error);
  }
}
