import { once } from 'node:events';
import type { Terminal } from './terminal.ts';

/**
 * Standard output, which belongs to the commands alone: `--json` is a contract with scripts, and a screen owns its
 * terminal. What a problem, its judge or a library prints, in this thread or in a worker's, goes to standard error.
 */
export interface Output extends Terminal {
  write(text: string): boolean;
  /** Aborted once it cannot be written any more, as when `head` has read enough; then `write` does nothing. */
  readonly gone: AbortSignal;
  /** Resolves once it can take more. @throws the reason of `signal` when that is aborted. */
  ready(signal: AbortSignal): Promise<void>;
  /** Resolves once all that was written is out of this process. */
  flushed(): Promise<void>;
  /** The stream itself, for a library that wants one. */
  readonly stream: NodeJS.WriteStream;
}

const gone = new AbortController();
let own: typeof process.stdout.write | undefined;

export const output: Output = {
  gone: gone.signal,
  get isTTY() {
    return process.stdout.isTTY;
  },
  get columns() {
    return process.stdout.columns;
  },
  get rows() {
    return process.stdout.rows;
  },
  write(text) {
    if (gone.signal.aborted) return true;
    return (own ?? process.stdout.write).call(process.stdout, text);
  },
  async ready(signal) {
    await once(process.stdout, 'drain', { signal });
  },
  async flushed() {
    if (gone.signal.aborted) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    Reflect.apply(own ?? process.stdout.write, process.stdout, ['', resolve]);
    await promise;
  },
  get stream() {
    const write = own;
    if (!write) return process.stdout;
    return new Proxy(process.stdout, {
      get(target, name) {
        if (name === 'write') return write.bind(target);
        const value = Reflect.get(target, name, target);
        return typeof value === 'function' ? value.bind(target) : value;
      },
    });
  },
};

/** Takes standard output for the commands, and has a reader that goes away end no process. Once, as the program starts. */
export function claimOutput(): void {
  own = process.stdout.write;
  process.stdout.write = (chunk: string | Uint8Array, ...rest: unknown[]): boolean => {
    Reflect.apply(process.stderr.write, process.stderr, [chunk, ...rest]);
    // A pipe from a worker would wait for this stream to drain, which never was full.
    return true;
  };
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (gone.signal.aborted) return;
    gone.abort(error);
    // A reader that has gone wanted no more; any other reason loses what was wanted.
    if (error.code === 'EPIPE') return;
    process.stderr.write(`atoll: Expected to write to standard output, got ${error.message}\n`);
    process.exitCode = 1;
  });
  // There is no place left to say that there is no place left.
  process.stderr.on('error', () => {});
}
