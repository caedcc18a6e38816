/** Work under way, with how many callers wait for it. */
interface Shared<T> {
  readonly result: Promise<T>;
  readonly stop: AbortController;
  callers: number;
}

/** Starts work under a name, or joins the work of that name that is under way. */
export type Share<T> = (
  name: string,
  start: (signal: AbortSignal) => Promise<T>,
  signal?: AbortSignal,
) => Promise<T>;

/**
 * Makes callers of one name share one piece of work while it is under way. An abort ends the wait of its caller only;
 * once all callers have left, the work's own signal is aborted. Nothing is remembered of work that has ended.
 */
export function sharing<T>(): Share<T> {
  const underWay = new Map<string, Shared<T>>();

  const begin = (name: string, start: (signal: AbortSignal) => Promise<T>): Shared<T> => {
    const stop = new AbortController();
    const shared: Shared<T> = { result: start(stop.signal), stop, callers: 0 };
    const forget = () => {
      if (underWay.get(name) === shared) underWay.delete(name);
    };
    shared.result.then(forget, forget);
    underWay.set(name, shared);
    return shared;
  };

  return async (name, start, signal) => {
    signal?.throwIfAborted();
    const shared = underWay.get(name) ?? begin(name, start);
    shared.callers++;
    const { promise, reject } = Promise.withResolvers<never>();
    const leave = () => reject(signal!.reason);
    signal?.addEventListener('abort', leave);
    try {
      return await Promise.race([shared.result, promise]);
    } finally {
      signal?.removeEventListener('abort', leave);
      shared.callers--;
      if (shared.callers === 0 && underWay.get(name) === shared) {
        underWay.delete(name);
        shared.stop.abort();
      }
    }
  };
}
