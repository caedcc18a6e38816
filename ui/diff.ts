/** A line of two texts laid side by side: in both, only in the old one, or only in the new one. */
export interface Difference {
  readonly kind: 'same' | 'removed' | 'added';
  readonly line: string;
}

type Pair = readonly [inOld: number, inNew: number];

/** Edits beyond which no shortest way is looked for any more: the rest is taken as replaced. */
const most = 2000;

/**
 * What changed from one text to another, line by line: as few lines added and removed as can be (Myers 1986), what is
 * removed before what is added. Texts further apart than 2,000 edits are told as one wholly replaced middle part.
 */
export function difference(before: string, after: string): Difference[] {
  const [old, young] = [linesOf(before), linesOf(after)];
  const all: Difference[] = [];
  let [x, y] = [0, 0];
  for (const [nextX, nextY] of [...common(old, young), [old.length, young.length] as const]) {
    for (; x < nextX; x++) all.push({ kind: 'removed', line: old[x]! });
    for (; y < nextY; y++) all.push({ kind: 'added', line: young[y]! });
    if (x < old.length) all.push({ kind: 'same', line: old[x]! });
    x += 1;
    y += 1;
  }
  return all;
}

/** A part of a difference that holds changes, with what is around them. */
export interface Hunk {
  /** Number of its first line in the new text, from 1. */
  readonly first: number;
  readonly lines: readonly Difference[];
}

/** The parts around what changed, each with up to `around` lines that did not on either side. */
export function hunks(all: readonly Difference[], around: number): Hunk[] {
  const found: { first: number; lines: Difference[] }[] = [];
  let number = 1;
  let until = -1;
  const numbers = all.map(({ kind }) => (kind === 'removed' ? number : number++));
  for (const [i, { kind }] of all.entries()) {
    if (kind === 'same') continue;
    const from = Math.max(0, i - around);
    const to = Math.min(all.length, i + around + 1);
    if (from > until) found.push({ first: numbers[from]!, lines: all.slice(from, to) });
    else found.at(-1)!.lines.push(...all.slice(until, to));
    until = Math.max(until, to);
  }
  return found;
}

/** Places of the pieces that two lists have in common, rising in both: as many as can be, within as many edits. */
export function common(old: readonly string[], young: readonly string[]): Pair[] {
  const shorter = Math.min(old.length, young.length);
  let head = 0;
  while (head < shorter && old[head] === young[head]) head++;
  let tail = 0;
  while (tail < shorter - head && old.at(-1 - tail) === young.at(-1 - tail)) tail++;
  const inner = middle(old.slice(head, old.length - tail), young.slice(head, young.length - tail));
  return [
    ...Array.from({ length: head }, (_, i) => [i, i] as const),
    ...inner.map(([x, y]) => [x + head, y + head] as const),
    ...Array.from({ length: tail }, (_, i) => [old.length - tail + i, young.length - tail + i] as const),
  ];
}

function linesOf(text: string): string[] {
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  return lines;
}

/** Walks greedily along diagonals, `reach` being how far each came by so many edits, and back by what was kept of it. */
function middle(old: readonly string[], young: readonly string[]): Pair[] {
  const limit = Math.min(old.length + young.length, most);
  const reach = new Int32Array(2 * limit + 3);
  const at = (k: number): number => k + limit + 1;
  const trail: Int32Array[] = [];
  for (let edits = 0; edits <= limit; edits++) {
    // What later steps back look at: diagonals -edits - 1 to edits + 1.
    trail.push(reach.slice(at(-edits) - 1, at(edits) + 2));
    for (let k = -edits; k <= edits; k += 2) {
      const adds = k === -edits || (k !== edits && reach[at(k - 1)]! < reach[at(k + 1)]!);
      let x = adds ? reach[at(k + 1)]! : reach[at(k - 1)]! + 1;
      while (x < old.length && x - k < young.length && old[x] === young[x - k]) x++;
      reach[at(k)] = x;
      if (x >= old.length && x - k >= young.length) return back(trail, old.length, young.length);
    }
  }
  return [];
}

function back(trail: readonly Int32Array[], endX: number, endY: number): Pair[] {
  const found: Pair[] = [];
  let [x, y] = [endX, endY];
  for (let edits = trail.length - 1; edits >= 0; edits--) {
    const reach = (k: number): number => trail[edits]![k + edits + 1]!;
    const k = x - y;
    const adds = k === -edits || (k !== edits && reach(k - 1) < reach(k + 1));
    const from = edits === 0 ? 0 : adds ? reach(k + 1) : reach(k - 1);
    const to = edits === 0 || adds ? from : from + 1;
    while (x > to) found.push([--x, --y]);
    [x, y] = [from, edits === 0 ? 0 : from - (adds ? k + 1 : k - 1)];
  }
  return found.reverse();
}
