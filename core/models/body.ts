import { createParser } from 'eventsource-parser';
import { errorIn, type ServerError } from './server-error.ts';
import { cleanCounts } from './usage.ts';

/** What the body of a response said before the provider's client read it. */
export interface Told {
  /** The server's error. */
  error?: ServerError | undefined;
  /** The body, where it is one JSON value rather than a stream of events. */
  json?: unknown;
  /** The start of a body that is neither JSON nor a stream of events. */
  other?: string;
  /** Whether a count of tokens in it is invalid. */
  miscounted: boolean;
  /** Whether it said that its answer is complete. */
  complete: boolean;
}

/** Most characters kept of a body that is neither JSON nor events, for a quotation. */
const quoted = 200;

/**
 * Reads the body of a response on its way to the provider's client, which recognises neither an error nor a complete
 * answer in place of a stream: records both in `told`, corrects counts that would make it refuse the answer, and ends
 * the body after the stream's last event, even if the server keeps the connection open. Calls `completed` when the
 * answer is complete but a count may follow, with a function that ends the body.
 */
export function inspection(
  told: Told,
  completed: (end: () => void) => void,
): TransformStream<Uint8Array, Uint8Array> {
  const decoder = new TextDecoder();
  const encoder = new TextEncoder();
  let head = '';
  let text: string[] | undefined;
  let events = 0;
  let ended = false;
  let out: TransformStreamDefaultController<Uint8Array> | undefined;
  const send = (part: string): void => {
    if (!ended) out?.enqueue(encoder.encode(part));
  };
  const end = (): void => {
    if (ended) return;
    ended = true;
    out?.terminate();
  };
  const parser = createParser({
    onEvent({ event, data }) {
      if (ended) return;
      events += 1;
      const { data: passed, last } = inspectEvent(data, told);
      send(`${event ? `event: ${event}\n` : ''}data: ${passed.replaceAll('\n', '\ndata: ')}\n\n`);
      if (last) end();
      else if (told.complete) completed(end);
    },
    onError({ field, value }) {
      // llama.cpp has sent errors as a field of their own.
      if (field === 'error' && value) told.error ??= errorIn({ error: parsed(value) ?? value });
    },
  });
  const feed = (part: string): void => {
    if (text) {
      text.push(part);
      return;
    }
    if (events === 0 && head.length < quoted) head += part.slice(0, quoted);
    // A stream of events begins with the name of a field, or a colon.
    if (events === 0 && /^\s*[{[]/.test(head)) text = [part];
    else parser.feed(part);
  };
  return new TransformStream<Uint8Array, Uint8Array>({
    start(controller) {
      out = controller;
    },
    transform(bytes) {
      feed(decoder.decode(bytes, { stream: true }));
    },
    flush() {
      feed(decoder.decode());
      if (text) send(inspectWhole(text.join(''), told));
      // The last event of a server that omits the empty line after it.
      else parser.feed('\n\n');
      if (!text && events === 0 && head.trim() !== '') told.other = head.trim().slice(0, quoted);
    },
  });
}

/** Records an event; `last`: no event follows. */
function inspectEvent(data: string, told: Told): { readonly data: string; readonly last: boolean } {
  if (data.trim() === '[DONE]') {
    told.complete = true;
    return { data, last: true };
  }
  const value = parsed(data) as Record<string, any> | undefined;
  if (value === undefined) return { data, last: false };
  told.error ??= errorIn(value);
  const { value: cleaned, wrong } = cleanCounts(value);
  if (wrong) told.miscounted = true;
  const last = /^(message_stop|response\.(completed|incomplete))$/.test(value.type);
  const choice = value.choices?.[0]?.finish_reason ?? value.candidates?.[0]?.finishReason;
  if (last || (typeof choice === 'string' && choice !== '')) told.complete = true;
  const same = !wrong && !isLoose(data);
  return { data: same ? data : JSON.stringify(cleaned), last };
}

/** Records a body that is one JSON value. */
function inspectWhole(body: string, told: Told): string {
  const value = parsed(body);
  if (value === undefined) {
    told.other = body.trim().slice(0, quoted);
    return body;
  }
  const { value: cleaned, wrong } = cleanCounts(value);
  told.error = errorIn(value);
  told.miscounted ||= wrong;
  told.json = cleaned;
  return wrong || isLoose(body) ? JSON.stringify(cleaned) : body;
}

/** Invalid numbers, as some servers write them; strings are skipped. */
const loose = /"(?:[^"\\]|\\.)*"|-?\b(?:NaN|Infinity)\b/g;

/** Parses JSON in which numbers may be NaN or Infinity, read as the invalid count -1; undefined for other text. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    try {
      return JSON.parse(text.replace(loose, (part) => (part.startsWith('"') ? part : '-1')));
    } catch {
      return undefined;
    }
  }
}

function isLoose(text: string): boolean {
  if (!/NaN|Infinity/.test(text)) return false;
  return text.replace(loose, (part) => (part.startsWith('"') ? '' : part)).search(/NaN|Infinity/) >= 0;
}
