/**
 * Searches with a model that is trained meanwhile, behind a Tinker-style server of its own process; both are killed
 * with -9 at random moments, and go on. Then holds the weights against the journal: is any answer learnt from twice,
 * or lost? `node bench/trainer-kills.ts [kills of the engine=40] [kills of the server=40] [evaluations=1500]`
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { readJournal } from '../core/journal/segments.ts';
import { readQueue } from '../core/journal/training-queue.ts';
import { batchOf, type RecipeName } from '../core/learning/recipes.ts';
import { recordedIn } from '../core/learning/recorded.ts';
import type { Event } from '../core/search/event.ts';
import { random } from '../core/search/random.ts';
import { sumProblem, untrained, vocabulary, worthOf } from '../test/fixtures/bigram.ts';
import { logOf, type Manner, saved } from '../test/fixtures/trainer-server.ts';
import { queueOf } from '../ui/training/held-training.ts';
import { atoll, killed } from './kills.ts';

const script = fileURLToPath(new URL('../test/fixtures/trainer-server.ts', import.meta.url));

/** A problem that a bigram model can write programs for, and its tokens, in a folder. */
export function toyIn(folder: string): { problem: string; tokenizer: string } {
  const problem = join(folder, 'sum.mjs');
  const tokenizer = join(folder, 'tokens.json');
  writeFileSync(problem, sumProblem);
  writeFileSync(tokenizer, JSON.stringify(vocabulary));
  return { problem, tokenizer };
}

/** Settings under which a search is all about the model. */
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

/** A server in a process of its own that can be killed and comes back at once, at the same address. */
export interface Immortal extends AsyncDisposable {
  readonly url: string;
  kill(): Promise<void>;
}

/** Starts one. */
export async function immortal(manner: Omit<Manner, 'port'>): Promise<Immortal> {
  const port = await freePort();
  let child = await serverAt(port, manner);
  return {
    url: `http://127.0.0.1:${port}`,
    async kill() {
      await ended(child);
      child = await serverAt(port, manner);
    },
    [Symbol.asyncDispose]: () => ended(child),
  };
}

function serverAt(port: number, { dir, ...options }: Omit<Manner, 'port'>): Promise<ChildProcess> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [script, dir, String(port), JSON.stringify(options)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    child.stdout.once('data', () => resolve(child));
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`the server ended with status ${code}`)));
  });
}

function ended(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve();
    child.once('close', () => resolve());
    child.kill('SIGKILL');
  });
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

/** What the run and its server say of what was learnt. */
export interface Account {
  readonly versions: number;
  readonly promoted: number;
  /** Answers that were handed out to be learnt from. */
  readonly handedOut: number;
  /** Of those, answers that were handed out in two batches. */
  readonly twice: number;
  /** Versions whose weights do not know exactly the answers of the batches they come from, each once. */
  readonly wrong: readonly number[];
  /** Steps that the server made, those on models that were let go of among them. */
  readonly steps: number;
  /** Mean score of what the untrained model and the newest that was promoted write. */
  readonly worth: { readonly before: number; readonly after: number };
}

/** Holds the weights that a server of `serverDir` saved against the journal and the queue of a run. */
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
    handedOut: keys.length,
    twice: keys.length - new Set(keys).size,
    wrong,
    steps: logOf(serverDir).filter(({ type }) => type === 'stepped').length,
    worth: {
      before: worthOf(untrained(), random('worth')),
      after: worthOf(last ? saved(serverDir, last.sampler).weights : untrained(), random('worth')),
    },
  };
}

/** Tokens that a server drew, and those that the journal has. */
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

/** Kills a server so often, at random moments up to `spread` milliseconds apart, until `over` says that it is enough. */
export async function harass(
  server: Immortal,
  kills: number,
  spread: number,
  over: AbortSignal,
): Promise<number> {
  const draw = random('server kills', kills, spread);
  let done = 0;
  while (done < kills) {
    await sleep(draw.next() * spread, undefined, { signal: over }).catch(() => {});
    if (over.aborted) break;
    await server.kill();
    done += 1;
  }
  return done;
}

if (import.meta.main) {
  const [engine = '40', server = '40', evaluations = '1500'] = process.argv.slice(2);
  const folder = mkdtempSync(join(tmpdir(), 'atoll-trainer-kills-'));
  try {
    const { problem, tokenizer } = toyIn(folder);
    const serverDir = join(folder, 'server');
    await using it = await immortal({ dir: serverDir, delay: 10 });
    const dir = join(folder, 'run');
    const policy = `tinker:toy@${it.url}#tokenizer=${tokenizer},chat=plain,tokens=40`;
    const args = [problem, '--plain', '--seed', '3', '--model', policy, '--trainer', 'tinker#rate=2'];
    const over = new AbortController();
    const harassed = harass(it, Number(server), 2500, over.signal);
    const done = await killed([...args, '--evaluations', evaluations, ...alone], dir, Number(engine), 2500);
    over.abort();
    console.log(`the engine was killed -9 ${done} times, the server ${await harassed} times`);
    const left = await atoll(['train', dir, '--every', '2']);
    if (left.code !== 0) throw new Error(left.stderr);
    const { worth, ...account } = await accountOf(dir, serverDir, policy);
    console.log(account);
    console.log(`mean score of what the model writes: ${worth.before} untrained, ${worth.after} at last`);
    if (account.twice > 0 || account.wrong.length > 0) process.exitCode = 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
