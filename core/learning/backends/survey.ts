/** A thread that tries every back end and says how fast it is, then ends; a back end that holds on to it ends with it. */
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
