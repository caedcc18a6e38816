import type { Outcome } from '../core/outcome.ts';
import type { Source } from '../core/program.ts';
import type { Evaluator } from '../core/roles.ts';

/** An evaluation under way or done, with how many callers wait for it. */
interface Entry {
  readonly outcome: Promise<Outcome>;
  readonly stop: AbortController;
  callers: number;
  settled: boolean;
}

/**
 * An evaluator that remembers the `most` outcomes last used. Programs of one key are evaluated once, even while
 * that is under way; it is given up once every caller has. What was thrown is not kept. Disposes of the inner one.
 */
export function cached(evaluator: Evaluator, key: (source: Source) => string, most: number): Evaluator {
  const entries = new Map<string, Entry>();

  const start = (name: string, ...[source, use]: Parameters<Evaluator['evaluate']>): Entry => {
    const stop = new AbortController();
    const outcome = evaluator.evaluate(source, use, stop.signal);
    const entry: Entry = { outcome, stop, callers: 0, settled: false };
    const forget = () => {
      if (entries.get(name) === entry) entries.delete(name);
    };
    stop.signal.addEventListener('abort', forget);
    outcome.then(() => {
      entry.settled = true;
    }, forget);
    return entry;
  };

  return {
    async evaluate(source, use, signal) {
      signal?.throwIfAborted();
      const name = `${use} ${key(source)}`;
      const entry = entries.get(name) ?? start(name, source, use);
      // The order of a Map is that of insertion: the entry last used moves to the end, the first is the oldest.
      entries.delete(name);
      entries.set(name, entry);
      while (entries.size > most) entries.delete(entries.keys().next().value!);
      return wait(entry, signal);
    },
    // Residuals are long, and nobody asks for the same ones twice.
    measure: (...asked) => evaluator.measure(...asked),
    [Symbol.asyncDispose]: () => evaluator[Symbol.asyncDispose](),
  };
}

/** Waits for a shared outcome: an abort ends this wait only, unless nobody else waits. */
async function wait(entry: Entry, signal?: AbortSignal): Promise<Outcome> {
  entry.callers++;
  const { promise, reject } = Promise.withResolvers<never>();
  const leave = () => reject(signal!.reason);
  signal?.addEventListener('abort', leave);
  try {
    return await Promise.race([entry.outcome, promise]);
  } finally {
    signal?.removeEventListener('abort', leave);
    entry.callers--;
    if (!entry.settled && entry.callers === 0) entry.stop.abort();
  }
}
