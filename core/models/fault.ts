import { APICallError } from 'ai';
import type { Fault } from '../model.ts';
import { codeOf, Silence } from './wire.ts';

/**
 * What a failed call means. `who` is the model and where it is, `hide` takes keys out of what a provider said: some
 * quote the header they refuse.
 */
export function faultOf(error: unknown, who: string, hide: (text: string) => string): Fault {
  const named = (what: string): string => `Expected an answer from ${who}, got ${hide(what)}`;
  if (error instanceof Silence) return { fault: named(error.message), kind: 'broken' };
  const call = found(error);
  if (call?.statusCode !== undefined && call.statusCode >= 300) {
    const kind = kindOf(call.statusCode);
    const after = retryAfter(call.responseHeaders ?? {});
    const said = oneLine(call.message);
    return {
      fault: named(`status ${call.statusCode}${said ? `: ${said}` : ''}`),
      kind,
      ...(after === undefined ? {} : { retryAfter: after }),
    };
  }
  const code = codeOf(error);
  if (code) return { fault: named(`${code}: no connection`), kind: 'broken' };
  return { fault: named(oneLine((error as Error)?.message ?? String(error))), kind: 'broken' };
}

/** The failed call in a chain of causes. */
function found(error: unknown): APICallError | undefined {
  for (let each = error as { cause?: unknown; lastError?: unknown } | undefined; each; ) {
    if (APICallError.isInstance(each)) return each;
    each = (each.lastError ?? each.cause) as typeof each;
  }
  return undefined;
}

function kindOf(status: number): Fault['kind'] {
  if (status === 429) return 'busy';
  if (status === 401 || status === 402 || status === 403 || status === 404) return 'wrong';
  return status >= 500 || status === 408 || status === 409 || status === 425 ? 'broken' : 'unfit';
}

/** Milliseconds, from `retry-after-ms`, or `retry-after` in seconds or as a date (RFC 9110). */
export function retryAfter(headers: Readonly<Record<string, string>>): number | undefined {
  const milliseconds = Number(headers['retry-after-ms'] ?? Number.NaN);
  if (milliseconds >= 0) return milliseconds;
  const text = headers['retry-after'];
  if (text === undefined) return undefined;
  const seconds = Number(text);
  if (seconds >= 0) return seconds * 1000;
  const date = Date.parse(text);
  return Number.isNaN(date) ? undefined : Math.max(0, date - Date.now());
}

function oneLine(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > 300 ? `${line.slice(0, 299)}…` : line;
}
