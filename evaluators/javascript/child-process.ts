import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { SandboxError } from '../../core/search/errors.ts';
import type { Usage } from '../../core/search/roles.ts';
import { openRunClock } from '../run-clock.ts';
import { usageOf } from '../usage.ts';
import {
  type Failed,
  type InputsSent,
  type Reply,
  type Request,
  type SandboxResult,
  type Setup,
  timeScale,
} from './message.ts';
import { inTurn } from './starts.ts';

/** Interval at which a running program's process is checked, in milliseconds. */
const pollMs = 50;
/** Share of the wall limit for which a program must have been able to run before its timeout counts. */
const runShare = 0.9;
/** Time past the wall limit before a process is killed, in milliseconds: the isolate's own limit comes first. */
const graceMs = 300;
/** Resident memory past the limit that V8 itself uses, in MiB. */
const slackMb = 64;
/** Longest wait for a new process, in milliseconds; much more than one takes on a busy machine. */
const readyMs = 30_000;

const flags = ['--no-node-snapshot', '--no-turboshaft-loop-unrolling'];
const file = new URL(import.meta.url.endsWith('.ts') ? './child.ts' : './child.js', import.meta.url);

/** Most times a program is run whose time ran out while its process or this one was stopped. */
const mostTries = 3;

const timeout: Failed = { status: 'timeout', message: 'passed the time limit' };
const memory: Failed = { status: 'memory', message: 'passed the memory limit' };
const crashed: Failed = { status: 'crashed', message: 'took its process down' };

/** Runs programs in one child process at a time, watched from outside and replaced when it had to be killed. */
export class ChildRunner {
  readonly #setup: Setup;
  #child: Promise<RunningChild> | undefined;

  constructor(setup: Setup) {
    this.#setup = setup;
  }

  /** Resolves when a child is ready for work. @throws SandboxError when none starts. */
  ready(): Promise<RunningChild> {
    this.#child ??= inTurn(() => spawn(this.#setup));
    return this.#child;
  }

  /**
   * Runs a script on inputs. A timeout by the wall clock counts only if the program could run for that long: after
   * SIGSTOP and SIGCONT it is run again. @throws SandboxError when no child starts
   */
  async run(script: string, inputs: InputsSent): Promise<Omit<Reply, 'timedOut'>> {
    const { limits, known } = this.#setup;
    const count = typeof inputs === 'number' ? known[inputs]!.length : inputs.length;
    const scale = timeScale(this.#setup, count);
    const request = { script, inputs, wallMs: Math.ceil(limits.wallMs * scale) };
    for (let tries = 1; ; tries++) {
      const { suspended, ...reply } = await this.#once(request, limits.cpuMs * scale);
      if (!suspended || tries === mostTries) return reply;
    }
  }

  async #once(request: Request, cpuMs: number): Promise<Watched> {
    let running: RunningChild;
    try {
      running = await this.ready();
    } catch (error) {
      this.#child = undefined;
      throw error;
    }
    const watching = await watched(running, request, cpuMs, this.#setup.limits.memoryMb);
    if (running.child.exitCode !== null || running.child.killed || running.child.signalCode) {
      this.#child = undefined;
      // The next one starts while the judge works; if it cannot, the next run says so.
      this.ready().catch(() => {});
    }
    return watching;
  }
}

/** A reply, and whether its timeout does not count, as the program was suspended for a part of that time. */
type Watched = Omit<Reply, 'timedOut'> & { readonly suspended: boolean };

/** A child process that is ready. */
interface RunningChild {
  readonly child: ChildProcess;
  /** Its resident memory when it became ready, in MiB. */
  readonly baseMb: number;
  /** The last characters that it wrote to its standard error. */
  readonly stderrTail: () => string;
}

async function spawn(setup: Setup): Promise<RunningChild> {
  const child = fork(file, { env: {}, execArgv: flags, stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'ipc'] });
  let tail = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    tail = (tail + text).slice(-4000);
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
    throw new SandboxError(`Expected a sandbox process to start, got ${tail.trim() || 'nothing in time'}`, {
      cause,
    });
  }
  return { child, baseMb: usageOf(child.pid!)?.memoryMb ?? 0, stderrTail: () => tail };
}

/** Has a child do one run, and kills it when it exceeds a limit. */
async function watched(
  running: RunningChild,
  request: Request,
  cpuMs: number,
  memoryMb: number,
): Promise<Watched> {
  const { child, baseMb, stderrTail } = running;
  const before = usageOf(child.pid!);
  const clock = openRunClock(2 * pollMs);
  let seen: Usage = { cpuMs: 0, wallMs: 0, memoryMb: 0 };
  let killedFor: Failed | undefined;
  const { promise, resolve } = Promise.withResolvers<Reply>();
  const kill = (why: Failed) => {
    killedFor ??= why;
    child.kill('SIGKILL');
  };
  const poll = setInterval(() => {
    const usage = usageOf(child.pid!);
    clock.look(usage?.stopped);
    // V8 has reported that its heap is full, but may take long to end.
    if (/Last few GCs/.test(stderrTail())) return kill(memory);
    if (clock.elapsed > request.wallMs + graceMs) return kill(timeout);
    if (!usage) return;
    seen = {
      cpuMs: usage.cpuMs - (before?.cpuMs ?? 0),
      wallMs: Math.round(clock.elapsed),
      memoryMb: Math.max(0, Math.round(usage.memoryMb - baseMb)),
    };
    if (seen.cpuMs > cpuMs) kill(timeout);
    else if (usage.memoryMb > baseMb + memoryMb + slackMb) kill(memory);
  }, pollMs);
  // After `close` the standard error is complete, which says whether it ended for lack of memory.
  const onClose = () => {
    const outOfMemory = /Last few GCs|out of memory|allocation failed|invalid (array|size)|\bOOM\b/i.test(
      stderrTail(),
    );
    const failed = killedFor ?? (outOfMemory ? memory : crashed);
    resolve({ result: JSON.stringify({ outputs: [], failed } satisfies SandboxResult), usage: seen });
  };
  child.once('message', resolve).once('close', onClose);
  child.send(request, () => {});
  try {
    const { timedOut = false, ...reply } = await promise;
    if (!timedOut) return { ...reply, suspended: false };
    clock.look(usageOf(child.pid!)?.stopped);
    return { ...reply, suspended: clock.elapsed < request.wallMs * runShare };
  } finally {
    clearInterval(poll);
    child.off('message', resolve).off('close', onClose);
  }
}
