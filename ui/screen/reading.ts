import { eventsOf } from '../../core/journal/lookup.ts';
import { ConfigError } from '../../core/search/errors.ts';
import type { ProgramId } from '../../core/search/program.ts';
import { type ProgramDetail, seedDetail, trialDetail } from './program-detail.ts';

/**
 * All that the journal of a run directory tells of a program.
 * @throws ConfigError where it tells of none of that name, JournalError where it cannot be read.
 */
export async function detailIn(dir: string, id: ProgramId): Promise<ProgramDetail> {
  const trial = Number(/^trial-(\d+)$/.exec(id)?.[1] ?? 0);
  const events = await eventsOf(dir, trial);
  const [first] = events;
  const found = first?.type === 'opened' ? seedDetail(id, first) : trialDetail(events);
  if (!found) throw new ConfigError(`Expected ${id} in the journal of ${dir}, got none of that name`);
  return found;
}
