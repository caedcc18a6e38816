import { Worker } from 'node:worker_threads';
import type { BackendName } from './load.ts';

/** A back end with the speed of its matrix products in billions of operations per second, or the reason why it does not work. */
export type Surveyed = { readonly name: BackendName } & (
  | { readonly rate: number }
  | { readonly why: string }
);

const file = new URL(import.meta.url.endsWith('.ts') ? './survey.ts' : './survey.js', import.meta.url);

/** Tries every back end, in the order of `backendNames`. @throws the error that ends the thread. */
export async function surveyBackends(): Promise<readonly Surveyed[]> {
  const found: Surveyed[] = [];
  const worker = new Worker(file);
  try {
    await new Promise<void>((resolve, reject) => {
      worker.on('message', (said: Surveyed | undefined) => {
        if (said) found.push(said);
        else resolve();
      });
      worker.on('error', reject);
      worker.on('exit', () => reject(new Error('Expected the thread to report every back end, got its end')));
    });
  } finally {
    await worker.terminate();
  }
  return found;
}
