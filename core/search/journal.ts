import type { Event } from './event.ts';

/** Where events are kept. */
export interface Journal extends AsyncDisposable {
  /** Every event so far, in order. @throws JournalError for a broken one. */
  read(): AsyncIterable<Event>;
  /** Takes an event at once; resolves when it will survive a power cut. */
  append(event: Event): Promise<void>;
}
