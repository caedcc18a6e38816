import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { SandboxError } from '../core/errors.ts';
import { type Ran, type Request, type Setup, stretch } from './message.ts';
import { inTurn } from './starts.ts';
import { usageOf } from './usage.ts';

/** How often a running program's process is looked at, in milliseconds. */
const glanceMs = 50;
/** How long past the wall limit a process may live: the isolate's own limit comes first. */
const graceMs = 300;
/** Resident memory past the limit that is V8's own and no program's doing, in MiB. */
const slackMb = 64;
/** Longest wait for a new process, in milliseconds; much more than one takes on a busy machine. */
const readyMs = 30_000;

const flags = ['--no-node-snapshot', '--no-turboshaft-loop-unrolling'];
const file = new URL(import.meta.url.endsWith('.ts') ? './child.ts' : './child.js', import.meta.url);

type Failed = NonNullable<Ran['failed']>;
const timeout: Failed = { status: 'timeout', text: 'passed the time limit' };
const memory: Failed = { status: 'memory', text: 'passed the memory limit' };
const crashed: Failed = { status: 'crashed', text: 'took its process down' };

/** One child process at a time, watched from outside and replaced when it had to be killed. */
export class Warden {
  readonly #setup: Setup;
  #child: Promise<Ward> | undefined;

  constructor(setup: Setup) {
    this.#setup = setup;
  }

  /** Resolves when a child waits for work. @throws SandboxError when none can be had. */
  ready(): Promise<Ward> {
    this.#child ??= inTurn(() => spawn(this.#setup));
    return this.#child;
  }

  /** What became of a script: a Ran in JSON. @throws SandboxError when no child can be had. */
  async run(request: Omit<Request, 'wallMs'>): Promise<string> {
    let ward: Ward;
    try {
      ward = await this.ready();
    } catch (error) {
      this.#child = undefined;
      throw error;
    }
    const { limits, cases } = this.#setup;
    const scale = stretch(cases, request.use);
    const wallMs = Math.ceil(limits.wallMs * scale);
    const result = await watched(ward, { ...request, wallMs }, limits.cpuMs * scale, limits.memoryMb);
    if (ward.child.exitCode !== null || ward.child.killed || ward.child.signalCode) {
      this.#child = undefined;
      // The next one starts while the judge works; if it cannot, the next run says so.
      this.ready().catch(() => {});
    }
    return result;
  }
}

/** A child process that is ready, and how much memory it had when it became so, in MiB. */
interface Ward {
  readonly child: ChildProcess;
  readonly baseMb: number;
  /** The end of what it wrote to its standard error. */
  readonly lastWords: () => string;
}

async function spawn(setup: Setup): Promise<Ward> {
  const child = fork(file, { env: {}, execArgv: flags, stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'ipc'] });
  let words = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    words = (words + text).slice(-4000);
  });
  child.on('error', () => {});
  child.stdio[3]?.on('error', () => {});
  child.send(setup, () => {});
  const gone = new AbortController();
  try {
    const signal = AbortSignal.any([gone.signal, AbortSignal.timeout(readyMs)]);
    child.once('exit', () => gone.abort());
    await once(child, 'message', { signal });
  } catch (cause) {
    child.kill('SIGKILL');
    throw new SandboxError(`Expected a sandbox process to start, got ${words.trim() || 'nothing in time'}`, {
      cause,
    });
  }
  return { child, baseMb: usageOf(child.pid!)?.memoryMb ?? 0, lastWords: () => words };
}

/** Asks a child for one evaluation, and kills it when it takes more than it may. */
function watched(ward: Ward, request: Request, cpuMs: number, memoryMb: number): Promise<string> {
  const { child, baseMb, lastWords } = ward;
  const cpuBefore = usageOf(child.pid!)?.cpuMs ?? 0;
  const { promise, resolve } = Promise.withResolvers<string>();
  let verdict: Failed | undefined;
  const kill = (why: Failed) => {
    verdict ??= why;
    child.kill('SIGKILL');
  };
  const deadline = setTimeout(kill, request.wallMs + graceMs, timeout);
  const glance = setInterval(() => {
    // V8 has given its heap up and says so, but may take long to die of it.
    if (/Last few GCs/.test(lastWords())) return kill(memory);
    const usage = usageOf(child.pid!);
    if (!usage) return;
    if (usage.cpuMs - cpuBefore > cpuMs) kill(timeout);
    else if (usage.memoryMb > baseMb + memoryMb + slackMb) kill(memory);
  }, glanceMs);
  // After `close` the standard error is complete, which says whether memory was what ended it.
  const onClose = () => {
    const starved = /Last few GCs|out of memory|allocation failed|invalid (array|size)|\bOOM\b/i.test(
      lastWords(),
    );
    const failed = verdict ?? (starved ? memory : crashed);
    resolve(JSON.stringify({ outputs: [], failed } satisfies Ran));
  };
  child.once('message', resolve).once('close', onClose);
  child.send(request, () => {});
  return promise.finally(() => {
    clearTimeout(deadline);
    clearInterval(glance);
    child.off('message', resolve).off('close', onClose);
  });
}
