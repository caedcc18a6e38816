import type { Admission } from '../../core/search/archive.ts';
import { compare, level } from '../../core/search/ranking.ts';
import type { Entry } from './facts.ts';

/** Residents of an island, best first, after the archive's word on a newcomer. */
export function admit(residents: readonly Entry[], entry: Entry, admission: Admission): readonly Entry[] {
  if (!admission.admitted) return residents;
  const stay = residents.filter(({ id }) => !admission.removes.includes(id));
  stay.splice(placeOf(stay, entry), 0, entry);
  return stay;
}

/** Puts a program among the best `most`, in place: one entry for each score. */
export function updateLeaders(leaders: Entry[], entry: Entry, most: number): void {
  const last = leaders.at(-1);
  if (last && leaders.length >= most && compare(last, entry) < 0) return;
  const place = placeOf(leaders, entry);
  const alike = (at: number): boolean => leaders[at] !== undefined && level(leaders[at], entry);
  if (alike(place - 1)) return;
  // Who has the same score and is larger gives way.
  leaders.splice(place, alike(place) ? 1 : 0, entry);
  if (leaders.length > most) leaders.pop();
}

function placeOf(entries: readonly Entry[], entry: Entry): number {
  let [low, high] = [0, entries.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (compare(entry, entries[middle]!) < 0) high = middle;
    else low = middle + 1;
  }
  return low;
}
