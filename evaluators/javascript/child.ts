/**
 * The process in which programs run, which may be killed at any moment. It knows one harness, has an empty environment,
 * and ends when its supervisor does.
 */
import { Worker } from 'node:worker_threads';
import { openWorld } from './isolate.ts';
import type { Request, Setup } from './message.ts';

// The zone of the host must not change what a program answers.
process.env.TZ = 'UTC';
process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));
new Worker(
  new URL(import.meta.url.endsWith('.ts') ? './exit-watch.ts' : './exit-watch.js', import.meta.url),
).unref();

process.once('message', (setup: Setup) => {
  const run = openWorld(setup);
  process.on('message', (request: Request) => process.send?.(run(request)));
  process.send?.('ready');
});
