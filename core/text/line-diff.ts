import { diffArrays } from 'diff';

/** Most edits for which a shortest diff is computed: beyond them, all between the common ends counts as replaced. */
const mostEdits = 2000;

/** Items `from` to `to` of the first list are replaced by items `start` to `end` of the second. */
export interface Change {
  readonly from: number;
  readonly to: number;
  readonly start: number;
  readonly end: number;
}

/** The changes that turn one list into another, in order, with the fewest items removed and added (Myers 1986). */
export function changesBetween(was: readonly string[], is: readonly string[]): Change[] {
  const shorter = Math.min(was.length, is.length);
  let head = 0;
  while (head < shorter && was[head] === is[head]) head++;
  let tail = 0;
  while (tail < shorter - head && was.at(-1 - tail) === is.at(-1 - tail)) tail++;
  const [old, young] = [was.slice(head, was.length - tail), is.slice(head, is.length - tail)];
  if (old.length === 0 && young.length === 0) return [];
  const parts = diffArrays(old, young, { maxEditLength: mostEdits });
  if (!parts) return [{ from: head, to: head + old.length, start: head, end: head + young.length }];
  const changes: Change[] = [];
  let [from, start, at, place] = [head, head, head, head];
  const close = (): void => {
    if (at > from || place > start) changes.push({ from, to: at, start, end: place });
  };
  for (const { added, removed, value } of parts) {
    if (removed) at += value.length;
    else if (added) place += value.length;
    else {
      close();
      at += value.length;
      place += value.length;
      [from, start] = [at, place];
    }
  }
  close();
  return changes;
}
