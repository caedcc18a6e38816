import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startOf } from '../../journal/lock.ts';
import type { Weights } from '../../journal/training-queue.ts';
import { type Environment, keyNames, keyOf } from '../../models/client.ts';
import { parseSpec, type Spec } from '../../models/spec.ts';
import { expected, ModelError } from '../../search/errors.ts';
import type { Batch } from '../batch.ts';
import type { CommandTrainer } from './spec.ts';
import type { Trainer } from './trainer.ts';

/** Bytes of a command's output that are kept for the user. */
const tail = 2000;

/** Milliseconds for which a server may be unreachable while an adapter is loaded. */
const patience = 60_000;

/**
 * A trainer made of a command, which reads a file of answers and writes a LoRA adapter, and of a vLLM server into which
 * adapters are loaded at run time. The command reads its environment: ATOLL_BATCH, a folder with `answers.jsonl` and
 * `batch.json`; ATOLL_FROM, the adapter to continue from, empty for the base model; ATOLL_ADAPTER, the folder to write.
 * The adapter gets its name only after the command has succeeded, so an interrupted batch is trained again from the same
 * weights. API keys are removed from the command's environment.
 * @throws ConfigError for a model that is not `compatible:`.
 */
export async function vllmTrainer(
  model: string,
  { command }: CommandTrainer,
  dir: string,
  env: Environment,
): Promise<Trainer> {
  const spec = parseSpec(model);
  if (spec.kind !== 'compatible')
    throw expected('--trainer vllm:COMMAND to come with --model compatible:NAME@URL', model);
  return new Adapters(spec, command, resolve(dir, 'adapters'), env);
}

class Adapters implements Trainer {
  readonly #spec: Spec;
  readonly #command: string;
  readonly #dir: string;
  readonly #env: Environment;

  constructor(spec: Spec, command: string, dir: string, env: Environment) {
    this.#spec = spec;
    this.#command = command;
    this.#dir = dir;
    this.#env = env;
  }

  async train(batch: Batch, from: Weights | undefined, signal: AbortSignal): Promise<Weights> {
    const name = this.#named(batch.version);
    const folder = join(this.#dir, name);
    const adapter = join(folder, 'adapter');
    if (!existsSync(adapter)) {
      signal.throwIfAborted();
      endOrphan(folder);
      rmSync(folder, { recursive: true, force: true });
      // A new folder, so that an earlier attempt that still runs cannot write into it.
      const half = join(folder, `half-${process.pid}-${Date.now()}`);
      mkdirSync(half, { recursive: true });
      writeFileSync(join(folder, 'answers.jsonl'), answers(batch));
      writeFileSync(join(folder, 'batch.json'), `${JSON.stringify(facts(batch, this.#spec), null, 2)}\n`);
      const task = { ATOLL_BATCH: folder, ATOLL_FROM: from?.state ?? '', ATOLL_ADAPTER: half };
      await this.#run(task, folder, signal);
      renameSync(half, adapter);
    }
    const metrics = await metricsIn(join(adapter, 'metrics.json'));
    return { version: batch.version, state: adapter, sampler: name, metrics };
  }

  /** Loads the adapter into the server and checks it with one prompt. */
  async serve({ sampler, state }: Weights, signal: AbortSignal): Promise<string> {
    const start = performance.now();
    for (let wait = 200; ; wait = Math.min(2 * wait, 5000)) {
      const fault = (await this.#load(sampler, state, signal)) ?? (await this.#canary(sampler, signal));
      if (fault === undefined) break;
      if (fault.lasting || performance.now() - start > patience)
        throw new ModelError(`Expected the adapter ${sampler} to be served, got ${fault.what}`);
      await sleep(wait, undefined, { signal }).catch(() => signal.throwIfAborted());
    }
    const { name, target } = this.#spec;
    return name.replace(`compatible:${target}@`, `compatible:${sampler}@`);
  }

  async retire({ sampler }: Weights): Promise<void> {
    // A failure is ignored: an adapter that stays loaded only takes memory of the server.
    await this.#post('unload_lora_adapter', { lora_name: sampler }, AbortSignal.timeout(10_000));
  }

  async [Symbol.asyncDispose](): Promise<void> {}

  /** The name contains the run, since a server may serve several runs. */
  #named(version: number): string {
    const run = this.#dir
      .split(/[\\/]/)
      .at(-3)!
      .replaceAll(/[^\w-]/g, '-');
    return `${run}-v${String(version).padStart(4, '0')}`;
  }

  async #load(name: string, path: string, signal: AbortSignal): Promise<Fault | undefined> {
    const fault = await this.#post('load_lora_adapter', { lora_name: name, lora_path: path }, signal);
    return fault && /already/.test(fault.what) ? undefined : fault;
  }

  #canary(name: string, signal: AbortSignal): Promise<Fault | undefined> {
    const messages = [{ role: 'user', content: 'Say anything.' }];
    return this.#post('chat/completions', { model: name, messages, max_tokens: 1 }, signal);
  }

  async #post(path: string, body: object, signal: AbortSignal): Promise<Fault | undefined> {
    const key = keyOf(this.#env, ['ATOLL_API_KEY']);
    try {
      const response = await fetch(`${this.#spec.url}/${path}`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
        },
        body: JSON.stringify(body),
        signal,
        redirect: 'manual',
      });
      const text = await response.text();
      if (response.status < 300) return undefined;
      const said = key === undefined ? text : text.replaceAll(key, '[key]');
      const lasting = response.status >= 400 && response.status < 500 && response.status !== 429;
      return { what: `status ${response.status} to ${path}: ${said.slice(0, 200)}`, lasting };
    } catch (error) {
      signal.throwIfAborted();
      return { what: `${path}: ${(error as Error).message}`, lasting: false };
    }
  }

  async #run(task: Record<string, string>, folder: string, signal: AbortSignal): Promise<void> {
    const env = Object.fromEntries(
      Object.entries(this.#env).filter(([name]) => !keyNames.includes(name as (typeof keyNames)[number])),
    );
    const child = spawn('sh', ['-c', this.#command], {
      env: { ...env, ...task },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
    if (child.pid) writeFileSync(join(folder, 'process'), `${child.pid} ${startOf(child.pid)}`);
    let said = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (text) => {
        said = (said + text).slice(-tail);
      });
    }
    // The whole group, so that no child process of the command keeps training.
    const kill = (): void => killGroup(child.pid!);
    signal.addEventListener('abort', kill, { once: true });
    try {
      const status = await new Promise<number | null>((done, fail) => {
        child.on('error', fail);
        child.on('close', done);
      });
      signal.throwIfAborted();
      const last = said.trim().split('\n').at(-1) ?? '';
      if (status !== 0)
        throw new ModelError(`Expected \`${this.#command}\` to train, got status ${status}: ${last}`);
    } finally {
      signal.removeEventListener('abort', kill);
    }
  }
}

/** Kills the command of an earlier attempt that outlived its engine. */
function endOrphan(folder: string): void {
  const file = join(folder, 'process');
  if (!existsSync(file)) return;
  const [pid, started] = readFileSync(file, 'utf8').split(' ');
  if (started && startOf(Number(pid)) === started) killGroup(Number(pid));
}

function killGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // It has already ended.
  }
}

interface Fault {
  readonly what: string;
  /** Whether a retry cannot help. */
  readonly lasting: boolean;
}

/** The training samples, one line each: TRL's conversational prompt and completion, and what a gradient needs. */
function answers({ samples }: Batch): string {
  const lines = samples.map(({ key, messages, text, drawn, version, reward, advantage }) => {
    const prompt = messages.map(({ role, text: content }) => ({ role, content }));
    const completion = [{ role: 'assistant', content: text }];
    const known = { ...(version === undefined ? {} : { version }), ...(drawn ?? {}) };
    return JSON.stringify({ key, prompt, completion, reward, advantage, ...known });
  });
  return lines.map((line) => `${line}\n`).join('');
}

function facts({ version, objective, loss, clip, per }: Batch, { target, tokens: limit }: Spec): object {
  return { version, model: target, objective, loss, ...(clip ? { clip } : {}), per, limit };
}

/** The command's metrics, if it wrote any. */
async function metricsIn(path: string): Promise<Record<string, number>> {
  if (!existsSync(path)) return {};
  const text = await readFile(path, 'utf8');
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new ModelError(`Expected metrics.json of the command to be JSON, got ${(error as Error).message}`);
  }
  return Object.fromEntries(
    Object.entries(Object(value)).filter(([, each]) => Number.isFinite(each)),
  ) as Record<string, number>;
}
