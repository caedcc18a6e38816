import { APICallError } from 'ai';
import type { Fault } from '../model.ts';
import type { Watch } from './watch.ts';

/** What came of a call that failed, and whether the provider may have begun to write, and to count. */
export interface Failed extends Fault {
  readonly billed: boolean;
}

/** Says what a failed call came to, by how far it got on the wire rather than by what the client makes of it. */
export function failure(error: unknown, watch: Watch): Failed {
  const status = watch.status ?? 0;
  if (watch.cut !== undefined)
    return { kind: 'broken', fault: watch.cut, billed: watch.sent && status < 300 };
  if (status >= 300) return refusal(status, error, watch.headers);
  // The client did not even send this: a setting that the provider does not know.
  if (!watch.sent) return { kind: 'wrong', fault: reason(error), billed: false };
  const code = codes(error).find((known) => unreached.test(known));
  const billed = code === undefined;
  return { kind: 'broken', fault: code ? `no connection (${code})` : reason(error), billed };
}

/** Errors before a request can have reached anyone. */
const unreached =
  /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT|ERR_TLS_.*|CERT_.*|.*_CERT.*|ERR_SSL_.*)$/;

/** Refusals whose status says one thing and whose body another: nothing will be taken until somebody acts. */
const hopeless = /insufficient_quota|credit balance is too low|API_KEY_INVALID/;

function refusal(status: number, error: unknown, headers: Headers | undefined): Failed {
  const told = { fault: `status ${status}: ${reason(error)}`, billed: false };
  const wait = retryAfter(headers);
  const later = wait === undefined ? {} : { retryAfter: wait };
  if (APICallError.isInstance(error) && hopeless.test(error.responseBody ?? ''))
    return { kind: 'wrong', ...told };
  const kind = kindOf(status);
  return { kind, ...told, ...(kind === 'busy' || kind === 'broken' ? later : {}) };
}

/** What kind of fault a refusal with that HTTP status is. */
export function kindOf(status: number): Fault['kind'] {
  if (status === 429) return 'busy';
  if (status >= 500 || [408, 409, 425].includes(status)) return 'broken';
  return [400, 413, 422].includes(status) ? 'unfit' : 'wrong';
}

/** Milliseconds that the provider asks to wait: `retry-after-ms`, or `retry-after` in seconds or as a date. */
export function retryAfter(headers: Headers | undefined, now = Date.now()): number | undefined {
  const exact = headers?.get('retry-after-ms')?.trim();
  if (exact && Number(exact) >= 0) return Number(exact);
  const said = headers?.get('retry-after')?.trim();
  if (!said) return undefined;
  const wait = Number.isNaN(Number(said)) ? Date.parse(said) - now : Number(said) * 1000;
  return Number.isNaN(wait) ? undefined : Math.max(0, wait);
}

/** What the provider itself says, where it says something. */
function reason(error: unknown): string {
  if (APICallError.isInstance(error)) {
    const body = error.responseBody?.trim() ?? '';
    // The client finds the message only in the errors that its provider words as documented.
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

/** The codes of an error and of what caused it. */
function codes(error: unknown, depth = 0): string[] {
  if (depth > 4 || typeof error !== 'object' || error === null) return [];
  const { code, cause, errors } = error as { code?: unknown; cause?: unknown; errors?: unknown };
  const within = Array.isArray(errors) ? errors.flatMap((each) => codes(each, depth + 1)) : [];
  return [...(typeof code === 'string' ? [code] : []), ...codes(cause, depth + 1), ...within];
}
