import type { ProgramId } from '../../core/search/program.ts';
import type { ProgramRecord } from './run-history.ts';

/** First parents from a seed to a program, itself last. */
export function lineOf(id: ProgramId, programs: ReadonlyMap<ProgramId, ProgramRecord>): ProgramRecord[] {
  const line: ProgramRecord[] = [];
  for (let next = programs.get(id); next; next = programs.get(next.parents[0] ?? '')) line.push(next);
  return line.reverse();
}

/** Steps of a line that are shown: its first and its last ones. */
const [early, late] = [50, 250] as const;

/** Whether a step is shown, by its place in a line of `steps`. */
export function isShown(place: number, steps: number): boolean {
  return place < early || place >= steps - late;
}

/** A program and all its ancestors, youngest first, up to `most` of them. */
export function familyOf(
  id: ProgramId,
  programs: ReadonlyMap<ProgramId, ProgramRecord>,
  most: number,
): ProgramRecord[] {
  const met = new Set<ProgramId>([id]);
  const found: ProgramRecord[] = [];
  for (const next of met) {
    const born = programs.get(next);
    if (!born) continue;
    found.push(born);
    if (found.length === most) break;
    // A set that grows is walked to its new end.
    for (const parent of born.parents) met.add(parent);
  }
  return found;
}
