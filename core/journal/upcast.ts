import { configure, type Settings } from '../config.ts';
import { JournalError } from '../errors.ts';
import type { Event } from '../event.ts';

/** What an event may look like that any version so far wrote: version 1 knew no models. */
type Raw = { readonly type: string; readonly version?: number; readonly settings?: Partial<Settings> };

/** Settings that a version of old wrote, with those it did not know set so that the search goes on as it was. */
export function complete(old: Partial<Settings>): Settings {
  return { ...configure({ per: 'evaluation', learning: 'off' }), ...old };
}

/**
 * An event as this version knows it, from one of any version so far.
 * @throws JournalError for an event of a later version.
 */
export function upcast(event: object): Event {
  const raw = event as Raw;
  if (raw.type !== 'opened') return raw as Event;
  if (raw.version === 2) return { ...raw, settings: complete(raw.settings ?? {}) } as Event;
  if (raw.version !== 1) {
    throw new JournalError(
      `Expected a journal of version 1 or 2, got one of version ${raw.version}: use a newer Atoll`,
    );
  }
  return { ...raw, version: 2, models: [], settings: complete(raw.settings ?? {}) } as Event;
}
