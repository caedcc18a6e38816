import { setTimeout } from 'node:timers/promises';
import { JournalError } from '../search/errors.ts';
import type { Event } from '../search/event.ts';
import { unframe } from './lines.ts';
import { eventIn } from './segments.ts';
import { type Span, spanOf, stretches } from './span.ts';

/** New events of a journal. */
export interface TailedEvents {
  /** In order; empty without new ones. */
  readonly events: readonly Event[];
  /** Offset after the last of them, from which reading can continue later. */
  readonly to: number;
  /** Whether the end of the journal was reached. */
  readonly all: boolean;
}

/** Milliseconds between two polls of a journal without new events. */
const pause = 100;

/**
 * Follows a journal from a place on, while another process writes it: reads only, and takes no lock. Waits for an
 * incomplete last line. Ends when `signal` is aborted, and once `over` says that no process writes any more and all is
 * read.
 * @throws JournalError for a broken line before others, and for a journal that ends before `from`.
 */
export async function* tailJournal(
  dir: string,
  from: number,
  over: () => boolean,
  signal: AbortSignal,
): AsyncGenerator<TailedEvents, void> {
  let place = from;
  let told = false;
  let broken: Broken | undefined;
  while (!signal.aborted) {
    const last = over();
    const span = await spanOf(dir);
    if (span.size < place) {
      throw new JournalError(
        `Expected the journal of ${dir} to have ${place} bytes, got one of ${span.size}`,
      );
    }
    let stopped: Broken | undefined;
    for await (const { events, to, broken } of read(span, place)) {
      place = to;
      stopped = broken;
      told = to === span.size;
      if (events.length > 0) yield { events, to, all: told };
      if (signal.aborted) return;
    }
    // A resumed run cuts off the line of a crash, perhaps just now: only a line that stays is broken.
    if (stopped?.followed && (last || broken?.at === stopped.at)) {
      throw new JournalError(
        `Expected a whole event at byte ${stopped.at} of the journal of ${dir}, got ${stopped.what}`,
      );
    }
    broken = stopped;
    if (!told) yield { events: [], to: place, all: true };
    told = true;
    if (last) return;
    await setTimeout(pause, undefined, { signal }).catch(() => {});
  }
}

/** An incomplete line. */
interface Broken {
  readonly at: number;
  readonly what: string;
  /** Whether other lines follow: then it is not from a crash. */
  readonly followed: boolean;
}

/** Events from a place on, up to the first incomplete line. */
async function* read(
  span: Span,
  from: number,
): AsyncGenerator<{ events: Event[]; to: number; broken?: Broken }, void> {
  for await (const { lines, from: at, to } of stretches(span, from)) {
    const events: Event[] = [];
    let place = at;
    for (const line of lines) {
      const found = unframe(line);
      if ('broken' in found) {
        const followed = place + line.length + 1 < span.size;
        yield { events, to: place, broken: { at: place, what: found.broken, followed } };
        return;
      }
      events.push(eventIn(found.json));
      place += line.length + 1;
    }
    yield { events, to };
  }
}
