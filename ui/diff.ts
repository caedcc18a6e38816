/** One line of a diff: in both texts, only in the first, or only in the second. */
export interface Line {
  readonly kind: 'same' | 'old' | 'new';
  readonly text: string;
  /** Its number in the first text, from 1; of a new line, that of the line it stands before. */
  readonly before: number;
  /** Its number in the second text, from 1; of an old line, that of the line it stood before. */
  readonly after: number;
}

type Pair = readonly [inFirst: number, inSecond: number];

/** More differing pieces than that are not told apart one by one. */
const most = 1000;

/** Two texts line by line, with as few lines as can be that are not in both (Myers 1986). */
export function diff(before: string, after: string): Line[] {
  const [a, b] = [before.split('\n'), after.split('\n')];
  const lines: Line[] = [];
  let [x, y] = [0, 0];
  for (const [nextX, nextY] of [...common(a, b), [a.length, b.length] as const]) {
    for (; x < nextX; x++) lines.push({ kind: 'old', text: a[x]!, before: x + 1, after: y + 1 });
    for (; y < nextY; y++) lines.push({ kind: 'new', text: b[y]!, before: x + 1, after: y + 1 });
    if (x < a.length) lines.push({ kind: 'same', text: a[x]!, before: ++x, after: ++y });
  }
  return lines;
}

/** Places of the pieces that two lists have in common, rising in both: as many as can be. */
export function common(a: readonly string[], b: readonly string[]): Pair[] {
  let head = 0;
  while (head < Math.min(a.length, b.length) && a[head] === b[head]) head++;
  let tail = 0;
  while (tail < Math.min(a.length, b.length) - head && a.at(-1 - tail) === b.at(-1 - tail)) tail++;
  const kept = pairs(a.slice(head, a.length - tail), b.slice(head, b.length - tail));
  return [
    ...Array.from({ length: head }, (_, i) => [i, i] as const),
    ...kept.map(([x, y]) => [x + head, y + head] as const),
    ...Array.from({ length: tail }, (_, i) => [a.length - tail + i, b.length - tail + i] as const),
  ];
}

/** The parts of a diff around what differs, each with up to `context` lines that do not on either side. */
export function hunks(lines: readonly Line[], context = 3): Line[][] {
  const found: Line[][] = [];
  let until = -1;
  for (const [i, { kind }] of lines.entries()) {
    if (kind === 'same') continue;
    const from = Math.max(0, i - context);
    const to = Math.min(lines.length, i + context + 1);
    if (from > until) found.push(lines.slice(from, to));
    else found.at(-1)!.push(...lines.slice(until, to));
    until = Math.max(until, to);
  }
  return found;
}

/** The same without common ends; none where too much differs to be worth the time. */
function pairs(a: readonly string[], b: readonly string[]): Pair[] {
  // `reach[k]`: how far along `a` one comes on diagonal x - y = k with so many pieces that differ.
  const limit = Math.min(a.length + b.length, most);
  const reach = new Int32Array(2 * limit + 3);
  const at = (k: number): number => k + limit + 1;
  const trace: Int32Array[] = [];
  for (let d = 0; d <= limit; d++) {
    trace.push(reach.slice(at(-d) - 1, at(d) + 2));
    for (let k = -d; k <= d; k += 2) {
      const down = k === -d || (k !== d && reach[at(k - 1)]! < reach[at(k + 1)]!);
      let x = down ? reach[at(k + 1)]! : reach[at(k - 1)]! + 1;
      while (x < a.length && x - k < b.length && a[x] === b[x - k]) x++;
      reach[at(k)] = x;
      if (x >= a.length && x - k >= b.length) return back(trace, a.length, b.length);
    }
  }
  return [];
}

/** The way back along the reaches, `trace[d]` those before step d on diagonals -d - 1 to d + 1. */
function back(trace: readonly Int32Array[], endX: number, endY: number): Pair[] {
  const found: Pair[] = [];
  let [x, y] = [endX, endY];
  for (let d = trace.length - 1; d >= 0; d--) {
    const reach = (k: number): number => trace[d]![k + d + 1]!;
    const k = x - y;
    const down = k === -d || (k !== d && reach(k - 1) < reach(k + 1));
    const fromX = d === 0 ? 0 : down ? reach(k + 1) : reach(k - 1);
    const fromY = d === 0 ? 0 : fromX - (down ? k + 1 : k - 1);
    const startX = d === 0 || down ? fromX : fromX + 1;
    while (x > startX) found.push([--x, --y]);
    [x, y] = [fromX, fromY];
  }
  return found.reverse();
}
