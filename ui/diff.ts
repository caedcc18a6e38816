/** A line of two texts laid side by side: in both, only in the old one, or only in the new one. */
export interface Difference {
  readonly kind: 'same' | 'removed' | 'added';
  readonly line: string;
}

/** Edits beyond which no shortest way is looked for any more: the rest is taken as replaced. */
const most = 2000;

/**
 * What changed from one text to another, line by line: as few lines added and removed as can be (Myers 1986), what is
 * removed before what is added. Texts further apart than 2,000 edits are told as one wholly replaced middle part.
 */
export function difference(before: string, after: string): Difference[] {
  const [old, young] = [linesOf(before), linesOf(after)];
  let head = 0;
  while (head < old.length && head < young.length && old[head] === young[head]) head++;
  let tail = 0;
  while (tail < Math.min(old.length, young.length) - head && old.at(-1 - tail) === young.at(-1 - tail))
    tail++;
  const same = (line: string): Difference => ({ kind: 'same', line });
  return [
    ...old.slice(0, head).map(same),
    ...ordered(middle(old.slice(head, old.length - tail), young.slice(head, young.length - tail))),
    ...old.slice(old.length - tail).map(same),
  ];
}

function linesOf(text: string): string[] {
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  return lines;
}

/** Walks greedily along diagonals, `reach` being how far each came by so many edits, and back by what was kept of it. */
function middle(old: readonly string[], young: readonly string[]): Difference[] {
  const trail: Map<number, number>[] = [];
  let reach = new Map([[1, 0]]);
  for (let edits = 0; edits <= Math.min(most, old.length + young.length); edits++) {
    const next = new Map<number, number>();
    for (let k = -edits; k <= edits; k += 2) {
      let x = down(reach, k, edits) ? reach.get(k + 1)! : reach.get(k - 1)! + 1;
      while (x < old.length && x - k < young.length && old[x] === young[x - k]) x++;
      next.set(k, x);
      if (x >= old.length && x - k >= young.length) return back([...trail, reach], old, young);
    }
    trail.push(reach);
    reach = next;
  }
  return [
    ...old.map((line): Difference => ({ kind: 'removed', line })),
    ...young.map((line): Difference => ({ kind: 'added', line })),
  ];
}

/** Whether diagonal `k` is reached best by adding a line. */
function down(reach: ReadonlyMap<number, number>, k: number, edits: number): boolean {
  return k === -edits || (k !== edits && reach.get(k - 1)! < reach.get(k + 1)!);
}

function back(
  trail: readonly ReadonlyMap<number, number>[],
  old: readonly string[],
  young: readonly string[],
): Difference[] {
  const found: Difference[] = [];
  let [x, y] = [old.length, young.length];
  for (let edits = trail.length - 1; edits >= 0; edits--) {
    const reach = trail[edits]!;
    const k = x - y;
    const adds = down(reach, k, edits);
    const from = adds ? reach.get(k + 1)! : reach.get(k - 1)!;
    const to = edits === 0 ? 0 : adds ? from : from + 1;
    for (; x > to; y--) found.push({ kind: 'same', line: old[--x]! });
    if (edits === 0) break;
    if (adds) found.push({ kind: 'added', line: young[--y]! });
    else found.push({ kind: 'removed', line: old[--x]! });
  }
  return found.reverse();
}

/** In each run of changes, what is removed first. */
function ordered(all: readonly Difference[]): Difference[] {
  const done: Difference[] = [];
  for (let at = 0; at < all.length; ) {
    let end = at;
    while (end < all.length && (all[end]!.kind === 'same') === (all[at]!.kind === 'same')) end++;
    const run = all.slice(at, end);
    done.push(...run.toSorted((a, b) => (a.kind === 'added' ? 1 : 0) - (b.kind === 'added' ? 1 : 0)));
    at = end;
  }
  return done;
}
