import { JournalError } from '../errors.ts';
import type { Event } from '../event.ts';

/**
 * An event as this version knows it, from one of any version so far: today there is one.
 * @throws JournalError for an event of a later version.
 */
export function upcast(raw: Event): Event {
  if (raw.type === 'opened' && raw.version !== 1) {
    throw new JournalError(
      `Expected a journal of version 1, got one of version ${raw.version}: use a newer Atoll`,
    );
  }
  return raw;
}
