/** A thread that tries every back end and reports its speed, so that a back end that keeps a thread alive ends with it. */
import { parentPort } from 'node:worker_threads';
import { backendNames, tryBackend } from './load.ts';
import { matrixRate } from './rate.ts';
import type { Surveyed } from './surveyed.ts';

for (const name of backendNames) {
  const tried = await tryBackend(name);
  const said: Surveyed = 'why' in tried ? tried : { name, rate: await matrixRate(tried.tensors) };
  parentPort!.postMessage(said);
}
parentPort!.postMessage(undefined);
