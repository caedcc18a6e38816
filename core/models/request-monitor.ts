import { inspection, type Told } from './body.ts';

/** More bytes than any answer has; a server that sends without end is cut off here. */
const mostBytes = 64 * 2 ** 20;

/** Milliseconds for a server to send its count of tokens and close the stream, once its answer is complete. */
const tail = 2000;

/** One call on the wire: records its progress, and ends it on a timeout, a stall or an abort. */
export class RequestMonitor implements Disposable {
  /** Aborts with the caller's signal, and when the monitor ends the call. */
  readonly signal: AbortSignal;
  /** Why the monitor ended the call, if it did. */
  cut: string | undefined;
  /** Whether a request went out. */
  sent = false;
  /** The HTTP status that came back. */
  status: number | undefined;
  /** The headers that came back. */
  headers: Headers | undefined;
  /** What the body of an answer said, where the status was a success. */
  readonly told: Told = { miscounted: false, complete: false };
  readonly #end = new AbortController();
  readonly #stall: number;
  readonly #timeout: NodeJS.Timeout;
  #silence: NodeJS.Timeout | undefined;
  #tail: NodeJS.Timeout | undefined;
  #speaking = false;
  #bytes = 0;

  constructor(signal: AbortSignal, limits: { readonly timeout: number; readonly stall: number }) {
    this.signal = AbortSignal.any([signal, this.#end.signal]);
    this.#stall = limits.stall;
    this.#timeout = setTimeout(() => this.#stop(`none within ${limits.timeout / 1000} s`), limits.timeout);
  }

  /** To be called when the first output of the model is visible: before that, silence is no stall. */
  spoke(): void {
    this.#speaking = true;
    this.#heard(0);
  }

  /** Whether output of the model was visible. */
  get speaking(): boolean {
    return this.#speaking;
  }

  /** A monitored `fetch`. Redirects are not followed: the key would be sent along. */
  readonly fetch: typeof globalThis.fetch = async (input, init) => {
    this.sent = true;
    const response = await fetch(input, { ...init, signal: this.signal, redirect: 'manual' });
    this.status = response.status;
    this.headers = response.headers;
    if (!response.body) return response;
    const watched = new TransformStream<Uint8Array, Uint8Array>({
      transform: (bytes, controller) => {
        this.#heard(bytes.length);
        controller.enqueue(bytes);
      },
    });
    const { status, statusText, headers } = response;
    const body = response.body.pipeThrough(watched);
    const read = response.ok ? body.pipeThrough(inspection(this.told, this.#completed)) : body;
    return new Response(read, { status, statusText, headers });
  };

  /** Closes the connection unless the answer is complete. */
  [Symbol.dispose](): void {
    clearTimeout(this.#timeout);
    clearTimeout(this.#silence);
    clearTimeout(this.#tail);
    this.#end.abort();
  }

  /** From here on silence is no stall: the answer is complete even if the server does not close its stream. */
  readonly #completed = (end: () => void): void => {
    clearTimeout(this.#silence);
    clearTimeout(this.#tail);
    this.#tail = setTimeout(end, tail);
  };

  #heard(bytes: number): void {
    this.#bytes += bytes;
    if (this.#bytes > mostBytes) this.#stop('an answer without end');
    clearTimeout(this.#silence);
    if (this.#speaking && !this.told.complete && !this.#end.signal.aborted)
      this.#silence = setTimeout(() => this.#stop(`silence for ${this.#stall / 1000} s`), this.#stall);
  }

  #stop(why: string): void {
    this.cut ??= why;
    this.#end.abort();
  }
}
