/** Running work, and how many callers wait for it. */
interface Shared<T> {
  readonly result: Promise<T>;
  readonly stop: AbortController;
  callers: number;
}

/** Starts work under a name, or joins the running work of that name. */
export type Share<T> = (
  name: string,
  start: (signal: AbortSignal) => Promise<T>,
  signal?: AbortSignal,
) => Promise<T>;

/**
 * Makes callers of one name share one piece of work while it runs. An abort ends the wait of its caller only;
 * once all callers have left, the work's own signal is aborted. Results are not kept.
 */
export function sharing<T>(): Share<T> {
  const running = new Map<string, Shared<T>>();

  const begin = (name: string, start: (signal: AbortSignal) => Promise<T>): Shared<T> => {
    const stop = new AbortController();
    const shared: Shared<T> = { result: start(stop.signal), stop, callers: 0 };
    const forget = () => {
      if (running.get(name) === shared) running.delete(name);
    };
    shared.result.then(forget, forget);
    running.set(name, shared);
    return shared;
  };

  return async (name, start, signal) => {
    signal?.throwIfAborted();
    const shared = running.get(name) ?? begin(name, start);
    shared.callers++;
    const { promise, reject } = Promise.withResolvers<never>();
    const leave = () => reject(signal!.reason);
    signal?.addEventListener('abort', leave);
    try {
      return await Promise.race([shared.result, promise]);
    } finally {
      signal?.removeEventListener('abort', leave);
      shared.callers--;
      if (shared.callers === 0 && running.get(name) === shared) {
        running.delete(name);
        shared.stop.abort();
      }
    }
  };
}
