import type { Admission } from '../../core/archive.ts';
import { age } from '../../core/program.ts';
import type { Entry } from './facts.ts';

/** Negative when `a` is the better program, as core's `better` has it: higher score, then smaller, then older. */
export function before(a: Entry, b: Entry): number {
  return b.score - a.score || a.size - b.size || age(a.id) - age(b.id);
}

/** Residents of an island, best first, after the archive's word on a newcomer. */
export function admit(residents: readonly Entry[], entry: Entry, admission: Admission): readonly Entry[] {
  if (!admission.admitted) return residents;
  const stay = residents.filter(({ id }) => id !== admission.evicts);
  stay.splice(placeOf(stay, entry), 0, entry);
  return stay;
}

/** Puts a program among the best `most`, in place: one entry for each score. */
export function lead(leaders: Entry[], entry: Entry, most: number): void {
  const last = leaders.at(-1);
  if (last && leaders.length >= most && before(last, entry) < 0) return;
  const place = placeOf(leaders, entry);
  if (leaders[place - 1]?.score === entry.score) return;
  // Who has the same score and is larger gives way.
  leaders.splice(place, leaders[place]?.score === entry.score ? 1 : 0, entry);
  if (leaders.length > most) leaders.pop();
}

function placeOf(entries: readonly Entry[], entry: Entry): number {
  let [low, high] = [0, entries.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (before(entry, entries[middle]!) < 0) high = middle;
    else low = middle + 1;
  }
  return low;
}
