import { availableParallelism } from 'node:os';
import { getEnvironmentData, setEnvironmentData } from 'node:worker_threads';

const key = 'atoll: free starts of sandbox processes';

/**
 * Lets the threads that are made from now on start sandbox processes, all threads together as many at a time as there
 * are cores: a process that starts beside too many others does not get ready in time. For the thread that makes them.
 */
export function allowStarts(most = availableParallelism()): void {
  if (getEnvironmentData(key) === undefined) setEnvironmentData(key, freeStarts(most));
}

/** A count of free starts that threads can share. */
export function freeStarts(most: number): Int32Array {
  return new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT)).fill(most);
}

/** Does work that starts a process once that is free to start. */
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
