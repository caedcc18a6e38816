import { Worker } from 'node:worker_threads';
import type { BackendName } from './load.ts';

/** A back end with the billions of operations a second of its products of matrices, or in words why it does not work. */
export type Surveyed = { readonly name: BackendName } & (
  | { readonly rate: number }
  | { readonly why: string }
);

const file = new URL(import.meta.url.endsWith('.ts') ? './survey.ts' : './survey.js', import.meta.url);

/** Tries every back end, the fastest first. @throws whatever ends the thread that does. */
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
      worker.on('exit', () => reject(new Error('Expected the thread to say all it knows, got its end')));
    });
  } finally {
    await worker.terminate();
  }
  return found;
}
