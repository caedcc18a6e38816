import { setTimeout as sleep } from 'node:timers/promises';
import { retryAfter } from '../fault.ts';

/** A failed request to a server of Tinker's HTTP API; without `status`, the server did not answer. */
export class TinkerError extends Error {
  override readonly name = 'WireError';
  readonly status: number | undefined;
  /** Milliseconds after which the server allows another request. */
  readonly later: number | undefined;

  constructor(message: string, status?: number, later?: number) {
    super(message);
    this.status = status;
    this.later = later;
  }
}

export type Json = Record<string, unknown>;

/** Milliseconds between two heartbeats; a server drops sessions without them. */
const beat = 10_000;

/** Timeout of one request in milliseconds; a server without a result yet answers sooner. */
const longest = 120_000;

/** Milliseconds during which a result is polled for although the server cannot be reached. */
const patience = 60_000;

/**
 * A connection to a server of Tinker's HTTP API, hosted or local: requests that return a future, whose result is polled
 * for until it exists. Field names as in the SDK `tinker` (0.30).
 */
export class TinkerClient implements AsyncDisposable {
  readonly #url: string;
  readonly #headers: Readonly<Record<string, string>>;
  readonly #patience: number;
  #session: Promise<string> | undefined;
  #heart: NodeJS.Timeout | undefined;

  constructor(url: string, key: string | undefined, wait = patience) {
    this.#url = url;
    this.#headers = { 'content-type': 'application/json', ...(key ? { 'x-api-key': key } : {}) };
    this.#patience = wait;
  }

  /** This process's session, opened at first use. @throws WireError */
  session(signal: AbortSignal): Promise<string> {
    this.#session ??= this.#open(signal).catch((error) => {
      this.#session = undefined;
      throw error;
    });
    return this.#session;
  }

  /** Forgets the session, which the server has dropped. */
  forget(): void {
    this.#session = undefined;
    clearInterval(this.#heart);
  }

  /**
   * Sends one request, once. A request that broke off may have been accepted or not: the caller decides what to do.
   * @throws WireError; `signal.reason` when aborted.
   */
  async post(path: string, body: Json, signal: AbortSignal): Promise<Json> {
    let response: Response;
    let text: string;
    try {
      response = await fetch(`${this.#url}/api/v1/${path}`, {
        method: 'POST',
        headers: this.#headers,
        body: JSON.stringify(body),
        signal: AbortSignal.any([signal, AbortSignal.timeout(longest)]),
        redirect: 'manual',
      });
      text = await response.text();
    } catch (error) {
      signal.throwIfAborted();
      const { message, cause } = error as Error;
      throw new TinkerError(cause instanceof Error ? `${message}: ${cause.message}` : message);
    }
    const value = read(text);
    if (response.status !== 200) {
      const later = retryAfter(response.headers);
      throw new TinkerError(
        `status ${response.status} to ${path}: ${reasonIn(value, text)}`,
        response.status,
        later,
      );
    }
    if (value === undefined)
      throw new TinkerError(`something else than an object of JSON to ${path}`, response.status);
    return value;
  }

  /** Sends a request and awaits its result. @throws WireError; `signal.reason` when aborted. */
  async ask(path: string, body: Json, signal: AbortSignal): Promise<Json> {
    const taken = await this.post(path, body, signal);
    return typeof taken.request_id === 'string' ? this.outcome(taken.request_id, signal) : taken;
  }

  /** The result of an accepted request. Polling is idempotent, so an unreachable server is waited for. */
  async outcome(request: string, signal: AbortSignal): Promise<Json> {
    let lost: number | undefined;
    for (let turn = 0; ; turn++) {
      const start = performance.now();
      let value: Json | undefined;
      try {
        value = await this.post('retrieve_future', { request_id: request }, signal);
        lost = undefined;
      } catch (error) {
        if (!(error instanceof TinkerError)) throw error;
        const { status = 0 } = error;
        if (status >= 400 && status < 500 && status !== 408 && status !== 429) throw error;
        if (status !== 408) {
          lost ??= start;
          if (start - lost > this.#patience) throw error;
        }
      }
      if (value && value.type !== 'try_again') {
        if (typeof value.error === 'string')
          throw new TinkerError(value.error, String(value.category).toLowerCase() === 'user' ? 400 : 503);
        return value;
      }
      // After a long poll the server is polled again at once.
      const rest = Math.min(20 * 2 ** Math.min(turn, 6), 1000) - (performance.now() - start);
      if (rest > 0) await nap(rest, signal);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.forget();
  }

  async #open(signal: AbortSignal): Promise<string> {
    const opened = await this.post(
      'create_session',
      { tags: ['atoll'], user_metadata: null, sdk_version: 'atoll', type: 'create_session' },
      signal,
    );
    const session = textIn(opened, 'session_id');
    this.#heart = setInterval(() => {
      // A missed heartbeat shows at the next request.
      this.post('session_heartbeat', { session_id: session }, AbortSignal.timeout(beat)).catch(() => {});
    }, beat);
    this.#heart.unref();
    return session;
  }
}

/** A field that must be a string. @throws WireError */
export function textIn(value: Json, field: string): string {
  const found = value[field];
  if (typeof found !== 'string')
    throw new TinkerError(`no \`${field}\` in ${JSON.stringify(value).slice(0, 200)}`, 400);
  return found;
}

function read(body: string): Json | undefined {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : undefined;
  } catch {
    return undefined;
  }
}

function reasonIn(value: Json | undefined, body: string): string {
  const told = value?.detail ?? value?.error ?? value?.message;
  return typeof told === 'string' ? told : body.slice(0, 200);
}

async function nap(milliseconds: number, signal: AbortSignal): Promise<void> {
  await sleep(milliseconds, undefined, { signal }).catch(() => signal.throwIfAborted());
}
