import { APICallError } from 'ai';
import type { Fault } from '../search/model.ts';
import type { RequestMonitor } from './request-monitor.ts';
import { errorIn, kindOf } from './server-error.ts';

/** A failed call, and whether the provider may have generated tokens, and billed them. */
export interface Failed extends Fault {
  readonly billed: boolean;
}

/** Classifies a failed call by its progress on the wire rather than by the client's error. */
export function failure(error: unknown, watch: RequestMonitor): Failed {
  const status = watch.status ?? 0;
  if (watch.cut !== undefined)
    return { kind: 'broken', fault: watch.cut, billed: watch.sent && status < 300 };
  if (status >= 300) return refusal(status, error, watch.headers);
  const { error: said, json, other } = watch.told;
  if (said) {
    // A server that only sends an error has generated nothing; one that breaks off may have.
    const billed = json === undefined && (watch.speaking || said.kind === 'broken');
    const wait = said.kind === 'busy' || said.kind === 'broken' ? retryAfter(watch.headers) : undefined;
    const fault = `an error under status ${status}: ${said.words}`;
    return { kind: said.kind, fault, billed, ...(wait === undefined ? {} : { retryAfter: wait }) };
  }
  const body = other ?? (json === undefined ? undefined : JSON.stringify(json).slice(0, 200));
  if (body !== undefined)
    return { kind: 'broken', fault: `no answer under status ${status}, but ${body}`, billed: true };
  // The client sent nothing: a setting that the provider does not know.
  if (!watch.sent) return { kind: 'wrong', fault: reason(error), billed: false };
  const code = codes(error).find((known) => unreached.test(known));
  const billed = code === undefined;
  return { kind: 'broken', fault: code ? `no connection (${code})` : reason(error), billed };
}

/** Errors before a request can have reached a server. */
const unreached =
  /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT|ERR_TLS_.*|CERT_.*|.*_CERT.*|ERR_SSL_.*)$/;

function refusal(status: number, error: unknown, headers: Headers | undefined): Failed {
  const body = APICallError.isInstance(error) ? (error.responseBody ?? '') : '';
  const words = `${errorIn(jsonIn(body))?.words ?? ''} ${body.slice(0, 2000)}`;
  const kind = kindOf(status, words);
  const wait = retryAfter(headers);
  const later = wait === undefined || (kind !== 'busy' && kind !== 'broken') ? {} : { retryAfter: wait };
  return { kind, fault: `status ${status}: ${reason(error)}`, billed: false, ...later };
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Longest wait for a provider in milliseconds: a day. */
const longestWait = 24 * 3_600_000;

/** Milliseconds that the provider asks to wait, at most a day: `retry-after-ms`, or `retry-after` in seconds or as a date. */
export function retryAfter(headers: Headers | undefined, now = Date.now()): number | undefined {
  const exact = headers?.get('retry-after-ms')?.trim();
  if (exact && Number(exact) >= 0) return Math.min(Number(exact), longestWait);
  const said = headers?.get('retry-after')?.trim();
  if (!said) return undefined;
  const wait = Number.isNaN(Number(said)) ? Date.parse(said) - now : Number(said) * 1000;
  return Number.isNaN(wait) ? undefined : Math.min(Math.max(0, wait), longestWait);
}

/** The provider's own message, if any. */
function reason(error: unknown): string {
  if (APICallError.isInstance(error)) {
    const body = error.responseBody?.trim() ?? '';
    // The client finds the message only in errors of the documented form.
    const known =
      body === '' || body.startsWith('<') || body.includes(JSON.stringify(error.message).slice(1, -1));
    return known ? error.message : `${error.message} ${body}`;
  }
  if (error instanceof Error) {
    const inner = error.cause instanceof Error ? `: ${error.cause.message}` : '';
    return `${error.message}${inner}`;
  }
  return typeof error === 'string' ? error : (JSON.stringify(error) ?? 'nothing');
}

/** The codes of an error and of its causes. */
function codes(error: unknown, depth = 0): string[] {
  if (depth > 4 || typeof error !== 'object' || error === null) return [];
  const { code, cause, errors } = error as { code?: unknown; cause?: unknown; errors?: unknown };
  const within = Array.isArray(errors) ? errors.flatMap((each) => codes(each, depth + 1)) : [];
  return [...(typeof code === 'string' ? [code] : []), ...codes(cause, depth + 1), ...within];
}
