import { cut, width } from './text.ts';

/**
 * Cleaned names shortened to a number of columns, by name: cut in the middle, and if that makes two of them equal,
 * with enough of the end, or of the part before a common end, to distinguish them.
 */
export function distinct(names: Iterable<string>, columns: number): ReadonlyMap<string, string> {
  const long = [...new Set(names)].filter((name) => width(name) > columns);
  const shortest = Math.min(...long.map((name) => [...name].length), columns);
  const shared = sharedEnd(long);
  const room = columns - 1;
  let best = new Map<string, string>();
  let most = 0;
  for (const skipped of shared > 0 ? [0, shared] : [0]) {
    for (let tail = Math.ceil(room / 2); tail < Math.min(room, shortest); tail++) {
      const short = new Map(long.map((name) => [name, shortened(name, tail, skipped, columns)]));
      const told = new Set(short.values()).size;
      if (told > most) [best, most] = [short, told];
      if (told === long.length) return short;
    }
  }
  return best;
}

/** A name's beginning and the `tail` columns that stand before its last `skipped` characters. */
function shortened(name: string, tail: number, skipped: number, columns: number): string {
  const letters = [...name];
  const kept = letters.slice(0, letters.length - skipped);
  const after = skipped > 0 ? '…' : '';
  let end = '';
  for (const letter of kept.reverse()) {
    if (width(letter + end) > tail) break;
    end = letter + end;
  }
  const rest = `…${end}${after}`;
  const head = cut(name, columns - width(rest), '');
  return cut(head + rest, columns, '');
}

/** How many characters all names end with. */
function sharedEnd(names: readonly string[]): number {
  const [first = '', ...others] = names.map((name) => [...name].reverse());
  let length = 0;
  while (length < first.length && others.length > 0 && others.every((each) => each[length] === first[length]))
    length++;
  return length;
}
