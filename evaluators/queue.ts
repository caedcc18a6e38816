/**
 * Runs work in order of arrival, at most `most` pieces at a time. By hand, since p-queue's `clear` leaves the promises of
 * waiting work pending.
 */
export interface Queue extends AsyncDisposable {
  /** Resolves as `work` does. @throws `signal.reason` when aborted, whether waiting or running. */
  run<T>(work: () => Promise<T>, signal?: AbortSignal): Promise<T>;
}

/** @param closed - makes the error with which waiting work is rejected when the queue is disposed of. */
export function openQueue(most: number, closed: () => unknown): Queue {
  const waiting = new Set<(error?: unknown) => void>();
  let running = 0;
  let open = true;

  const turn = (signal?: AbortSignal) => {
    if (!open) return Promise.reject(closed());
    if (running < most) {
      running++;
      return Promise.resolve();
    }
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const go = (error?: unknown) => {
      waiting.delete(go);
      signal?.removeEventListener('abort', leave);
      if (error === undefined) resolve();
      else reject(error);
    };
    const leave = () => go(signal!.reason ?? new Error('aborted'));
    signal?.addEventListener('abort', leave);
    waiting.add(go);
    return promise;
  };

  return {
    async run(work, signal) {
      signal?.throwIfAborted();
      await turn(signal);
      try {
        signal?.throwIfAborted();
        return await work();
      } catch (error) {
        signal?.throwIfAborted();
        throw error;
      } finally {
        // The slot passes to the first that waits, so that new work cannot come before it.
        const [next] = waiting;
        if (next) next();
        else running--;
      }
    },
    async [Symbol.asyncDispose]() {
      open = false;
      for (const go of [...waiting]) go(closed());
    },
  };
}
