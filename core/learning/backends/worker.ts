/** The thread in which policies are trained: one batch at a time, in order. */
import { parentPort } from 'node:worker_threads';
import { policyKinds } from './policy-kinds.ts';
import type { Answer, Job } from './thread.ts';

const port = parentPort!;
let before = Promise.resolve();

port.on('message', (job: Job) => {
  before = before.then(async () => port.postMessage(await answer(job)));
});

async function answer({ number, kind, grammar, text, groups, earlier, method }: Job): Promise<Answer> {
  try {
    const numbers = new Map(grammar.map(({ name }, i) => [name, i]));
    const result = await policyKinds[kind].train(
      { productions: grammar, numbers },
      text,
      groups,
      earlier,
      method,
    );
    return { number, result };
  } catch (error) {
    return { number, error: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}
