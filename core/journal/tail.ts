import { setTimeout } from 'node:timers/promises';
import { JournalError } from '../search/errors.ts';
import type { Event } from '../search/event.ts';
import { unframe } from './lines.ts';
import { eventIn } from './segments.ts';
import { type Span, spanOf, stretches } from './span.ts';

/** What came next in a journal. */
export interface TailedEvents {
  /** In order; empty where nothing came. */
  readonly events: readonly Event[];
  /** Place after the last of them, from which one can go on later. */
  readonly to: number;
  /** Whether that is all there is for now. */
  readonly all: boolean;
}

/** Milliseconds between two looks at a journal that has nothing new. */
const pause = 100;

/**
 * What a journal says from a place on, while another process writes it: reads only, and takes no lock. A last line that
 * is not whole yet is waited for. Ends when `signal` is aborted, and once `over` says that nobody writes any more and
 * all is read.
 * @throws JournalError for a line that is broken where others follow, and for a journal that ends before `from`.
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
    // A line that a crash left is cut off by whoever goes on, perhaps just now: only one that stays is broken.
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

/** A line that is not whole. */
interface Broken {
  readonly at: number;
  readonly what: string;
  /** Whether other lines follow: then no crash left it. */
  readonly followed: boolean;
}

/** Events from a place on, up to the first line that is not whole. */
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
