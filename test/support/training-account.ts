import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readJournal } from '../../core/journal/segments.ts';
import { readQueue } from '../../core/journal/training-queue.ts';
import { batchOf, type RecipeName } from '../../core/learning/recipes.ts';
import { recordedIn } from '../../core/learning/recorded.ts';
import type { Event } from '../../core/search/event.ts';
import { random } from '../../core/search/random.ts';
import { queueOf } from '../../ui/training/held-training.ts';
import { sumProblem, untrained, vocabulary, worthOf } from '../fixtures/bigram.ts';
import { logOf, saved } from '../fixtures/trainer-server.ts';

/** Writes a problem that a bigram model can solve, and its tokens, into a folder. */
export function toyIn(folder: string): { problem: string; tokenizer: string } {
  const problem = join(folder, 'sum.mjs');
  const tokenizer = join(folder, 'tokens.json');
  writeFileSync(problem, sumProblem);
  writeFileSync(tokenizer, JSON.stringify(vocabulary));
  return { problem, tokenizer };
}

/** Settings under which only the model proposes programs. */
export const alone = [
  ...[
    'operators.builtin=off',
    'operators.prompts=whole',
    'novelty=off',
    'maxTurns=1',
    'reflectEvery=0',
    'historySize=0',
  ],
  ...['inspirations=0', 'training.every=24', 'training.objective=grpo', 'maxRetries=40'],
].flatMap((pair) => ['--set', pair]);

/** What the run and its server record of training. */
export interface Account {
  readonly versions: number;
  readonly promoted: number;
  /** Answers in batches. */
  readonly batched: number;
  /** Of those, answers in two batches. */
  readonly twice: number;
  /** Versions whose weights were not trained on each answer of their batches exactly once. */
  readonly wrong: readonly number[];
  /** Steps that the server made, including those on models that were released. */
  readonly steps: number;
  /** Mean score of the programs of the untrained model and of the newest promoted version. */
  readonly worth: { readonly before: number; readonly after: number };
}

/** Compares the weights that a server of `serverDir` saved with the journal and the queue of a run. */
export async function accountOf(run: string, serverDir: string, policy: string): Promise<Account> {
  const { answers, decisions } = await recordedIn(readJournal(run));
  const done = readQueue(queueOf(run));
  const versions = new Map([[policy, 0], ...decisions.map((each) => [each.model!, each.version] as const)]);
  const keys = done.flatMap((each) => each.keys);
  const learnt = new Map<number, number>([[0, 0]]);
  const wrong: number[] = [];
  for (const { version, from, keys, objective, weights } of done) {
    const own = new Set(keys);
    const batch = batchOf(
      answers.filter(({ key }) => own.has(key)),
      version,
      objective as RecipeName,
      versions,
    );
    learnt.set(version, learnt.get(from)! + batch.samples.length);
    if (!weights) continue;
    const { lineage, steps } = saved(serverDir, weights.state);
    if (lineage.length !== learnt.get(version) || steps > version) wrong.push(version);
  }
  const good = new Set(decisions.filter(({ promoted }) => promoted).map(({ version }) => version));
  const last = done.findLast(({ version }) => good.has(version))?.weights;
  return {
    versions: done.length,
    promoted: decisions.filter(({ promoted }) => promoted).length,
    batched: keys.length,
    twice: keys.length - new Set(keys).size,
    wrong,
    steps: logOf(serverDir).filter(({ type }) => type === 'stepped').length,
    worth: {
      before: worthOf(untrained(), random('worth')),
      after: worthOf(last ? saved(serverDir, last.sampler).weights : untrained(), random('worth')),
    },
  };
}

/** Tokens that a server sampled, and those in the journal. */
export async function tokensIn(
  run: string,
  serverDir: string,
): Promise<{ drawn: number; journaled: number }> {
  const drawn = logOf(serverDir).filter(({ type }) => type === 'sampled');
  let journaled = 0;
  for await (const event of readJournal(run) as AsyncIterable<Event>) {
    if (event.type === 'answered' && 'text' in event.answer)
      journaled += event.answer.drawn?.tokens.length ?? 0;
  }
  return { drawn: drawn.reduce((sum, { tokens }) => sum + tokens, 0), journaled };
}
