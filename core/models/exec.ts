import { spawn } from 'node:child_process';
import type { Answer, Message, Model } from '../search/model.ts';
import { free, quoteOf } from './prices.ts';
import { joinLimiter } from './rate-limiter.ts';
import type { Spec } from './spec.ts';
import { transcript } from './transcript.ts';

/** Most bytes of an answer that are read. */
const longest = 10 * 2 ** 20;

/** Milliseconds between SIGTERM and SIGKILL. */
const grace = 1000;

/** A command as a model: `sh -c COMMAND` gets the prompt on its standard input, and what it prints is the answer. */
export function execModel(options: Pick<Spec, 'name' | 'target' | 'calls' | 'timeout' | 'tokens'>): Model {
  const { name, target: command, calls, timeout, tokens } = options;
  const place = joinLimiter(name, { calls });
  const quote = (messages: readonly Message[]) => quoteOf(messages, tokens, free);
  return {
    name,
    quote,
    slot: (signal) => place.slot(signal),
    waits: () => place.waits(),
    async ask(messages, signal) {
      const prompt = transcript(messages);
      const ended = await run(command, prompt, timeout, signal);
      return answerOf(ended, name, (bytes) => Math.min(quote(messages).tokens, Math.ceil(bytes / 4)), prompt);
    },
    async [Symbol.asyncDispose]() {
      place[Symbol.dispose]();
    },
  };
}

/** How a command ended: with a status, or cut off and why. */
interface Ended {
  readonly status: number | null;
  readonly stdout: Buffer;
  readonly stderr: string;
  readonly cut?: string;
}

/** Tokens are estimated as a quarter of the bytes, since a command does not count them. */
function answerOf(
  { status, stdout, stderr, cut }: Ended,
  name: string,
  count: (bytes: number) => number,
  prompt: string,
): Answer {
  const cost = { tokens: count(Buffer.byteLength(prompt) + stdout.length), dollars: 0 };
  const text = stdout.toString();
  const fault = (what: string, kind: 'broken' | 'wrong'): Answer => ({
    fault: `Expected an answer from ${name}, got ${what}`,
    kind,
    cost,
  });
  if (cut) return fault(cut, 'broken');
  if (status !== 0) {
    const said = stderr.trim().split('\n').at(-1)!.slice(-300);
    // Exit status of a shell for a command that does not exist, or may not be run.
    return fault(
      `status ${status}${said ? `: ${said}` : ''}`,
      status === 126 || status === 127 ? 'wrong' : 'broken',
    );
  }
  return text.trim() ? { text, ended: 'stop', cost } : fault('an empty one', 'broken');
}

function run(command: string, prompt: string, timeout: number, signal: AbortSignal): Promise<Ended> {
  signal.throwIfAborted();
  const windows = process.platform === 'win32';
  // A process group of its own, so that what the command starts ends with it.
  const child = spawn(command, { shell: true, detached: !windows, stdio: 'pipe', windowsHide: true });
  const kill = (how: NodeJS.Signals): void => {
    try {
      if (windows || !child.pid) child.kill(how);
      else process.kill(-child.pid, how);
    } catch {
      // The group has no process any more.
    }
  };
  const { promise, resolve, reject } = Promise.withResolvers<Ended>();
  const stdout: Buffer[] = [];
  let size = 0;
  let stderr = '';
  let cut: string | undefined;
  let pressed: NodeJS.Timeout | undefined;
  const stop = (): void => {
    kill('SIGTERM');
    pressed ??= setTimeout(() => kill('SIGKILL'), grace);
  };
  const cutOff = (why: string): void => {
    cut ??= why;
    stop();
  };
  const late = setTimeout(() => cutOff(`no answer within ${timeout / 1000} s`), timeout);
  signal.addEventListener('abort', stop, { once: true });
  child.stdout.on('data', (chunk: Buffer) => {
    size += chunk.length;
    if (size <= longest) stdout.push(chunk);
    else cutOff(`more than ${longest} bytes`);
  });
  child.stderr.on('data', (chunk: Buffer) => {
    stderr = (stderr + chunk).slice(-2000);
  });
  // A command need not read its input.
  child.stdin.on('error', () => {});
  child.stdin.end(prompt);
  const end = (status: number | null, message?: string): void => {
    clearTimeout(late);
    clearTimeout(pressed);
    signal.removeEventListener('abort', stop);
    if (signal.aborted) reject(signal.reason);
    else
      resolve({ status, stdout: Buffer.concat(stdout), stderr: message ?? stderr, ...(cut ? { cut } : {}) });
  };
  child.on('error', (error) => end(127, error.message));
  // Processes that the command leaves running would keep the pipes open.
  child.on('exit', () => kill('SIGKILL'));
  child.on('close', (status) => end(status));
  return promise;
}
