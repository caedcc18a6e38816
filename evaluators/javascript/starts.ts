import { availableParallelism } from 'node:os';
import { getEnvironmentData, setEnvironmentData } from 'node:worker_threads';

const key = 'atoll: free starts of sandbox processes';

/**
 * Allows threads that are created from now on to start sandbox processes, at most `most` at a time over all threads: a process
 * that starts beside too many others is not ready in time. Called by the thread that creates them.
 */
export function allowStarts(most = availableParallelism()): void {
  if (getEnvironmentData(key) === undefined) setEnvironmentData(key, freeStarts(most));
}

/** A count of free starts, shared between threads. */
export function freeStarts(most: number): Int32Array {
  return new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT)).fill(most);
}

/** Does work that starts a process once a start is free. */
export async function inTurn<T>(
  work: () => Promise<T>,
  free = getEnvironmentData(key) as unknown as Int32Array,
): Promise<T> {
  for (let count = Atomics.load(free, 0); ; count = Atomics.load(free, 0)) {
    if (count === 0) await Atomics.waitAsync(free, 0, 0).value;
    else if (Atomics.compareExchange(free, 0, count, count - 1) === count) break;
  }
  try {
    return await work();
  } finally {
    Atomics.add(free, 0, 1);
    Atomics.notify(free, 0, 1);
  }
}
