import { ConfigError } from '../../core/errors.ts';
import type { Event } from '../../core/event.ts';
import { readJournal } from '../../core/journal/segments.ts';
import type { ProgramId } from '../../core/program.ts';
import { type Dossier, seedDossier, trialDossier } from './dossier.ts';

/**
 * All that the journal of a run directory tells of a program.
 * @throws ConfigError where it tells of none of that name, JournalError where it cannot be read.
 */
export async function dossierIn(dir: string, id: ProgramId): Promise<Dossier> {
  const trial = Number(/^trial-(\d+)$/.exec(id)?.[1] ?? 0);
  const events: Event[] = [];
  let found: Dossier | undefined;
  for await (const event of readJournal(dir)) {
    if (event.type === 'opened' && trial === 0) found = seedDossier(id, event);
    else if ('trial' in event && event.trial === trial) events.push(event);
    if (found || (event.type === 'settled' && event.trial === trial)) break;
  }
  found ??= trialDossier(events);
  if (!found) throw new ConfigError(`Expected ${id} in the journal of ${dir}, got none of that name`);
  return found;
}
