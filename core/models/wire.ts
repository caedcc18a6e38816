/** Why a call was broken off on this side. */
export class Silence extends Error {}

/** A connection to a provider for one call: what it sent so far decides what a failure means, and what it costs. */
export interface Wire {
  readonly fetch: typeof fetch;
  /** Whether the request may have reached the provider and its answer have begun: it may have been billed. */
  begun(): boolean;
  /** Aborts with the caller's signal, after `timeout` seconds, and after `stall` seconds without a byte. */
  readonly signal: AbortSignal;
  close(): void;
}

/** Opens a wire. Durations in seconds. */
export function openWire(timeout: number, stall: number, signal: AbortSignal): Wire {
  const broken = new AbortController();
  const late = setTimeout(
    () => broken.abort(new Silence(`no whole answer within ${timeout} s`)),
    timeout * 1000,
  );
  let silence: NodeJS.Timeout | undefined;
  const heard = (): void => {
    clearTimeout(silence);
    silence = setTimeout(() => broken.abort(new Silence(`not a byte for ${stall} s`)), stall * 1000);
  };
  const both = AbortSignal.any([signal, broken.signal]);
  let begun = false;
  return {
    signal: both,
    begun: () => begun,
    async fetch(input, init) {
      heard();
      begun = true;
      let response: Response;
      try {
        response = await fetch(input, init);
      } catch (error) {
        // A connection that never stood carried nothing.
        if (unreachable.includes(codeOf(error))) begun = false;
        throw error;
      }
      heard();
      if (!response.ok) begun = false;
      if (!response.body) return response;
      const listen = new TransformStream<Uint8Array, Uint8Array>({
        transform(chunk, out) {
          heard();
          out.enqueue(chunk);
        },
      });
      return new Response(response.body.pipeThrough(listen), response);
    },
    close() {
      clearTimeout(late);
      clearTimeout(silence);
    },
  };
}

const unreachable = [
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
];

/** The system's code of a failure to connect, as `ECONNREFUSED`; empty where there is none. */
export function codeOf(error: unknown): string {
  for (let each = error as { code?: unknown; cause?: unknown; errors?: unknown[] } | undefined; each; ) {
    if (typeof each.code === 'string') return each.code;
    each = (each.cause ?? each.errors?.[0]) as typeof each;
  }
  return '';
}
