import { distinct } from './distinct.ts';
import { left, type Row, right, type Span, span, type Tone, toned } from './text.ts';

export interface Column {
  readonly title: string;
  /** Columns of text that it takes, always the same. */
  readonly width: number;
  readonly side?: 'right';
  /** Names that are cut so that they can be told apart, where they are too long. */
  readonly names?: true;
  /** Takes the remaining width. */
  readonly grows?: true;
  /** Where there is too little room, columns are left out, the highest of these first; 0 for one that stays. */
  readonly drop?: number;
}

export interface Cell {
  readonly text: string;
  readonly tone?: Tone;
}

/** The line of titles, then a row for each of `lines`, in columns whose places depend on `columns` alone. */
export function table(
  titles: readonly Column[],
  lines: readonly (readonly Cell[])[],
  columns: number,
): Row[] {
  const shown = fitting(titles, columns);
  const spare = columns - taken(shown, titles);
  const roomOf = ({ width, grows }: Column): number => width + (grows ? Math.max(0, spare) : 0);
  const short = new Map(
    shown
      .filter((at) => titles[at]!.names)
      .map((at) => [
        at,
        distinct(
          lines.map((line) => line[at]!.text),
          roomOf(titles[at]!),
        ),
      ]),
  );
  const cells = (each: (at: number) => Cell): Row => {
    const spans: Span[] = [];
    for (const at of shown) {
      const { text, tone = 'plain' } = each(at);
      if (spans.length > 0) spans.push(span(' '));
      const place = titles[at]!.side === 'right' ? right : left;
      spans.push(place(short.get(at)?.get(text) ?? text, roomOf(titles[at]!), tone));
    }
    return spans;
  };
  return [
    cells((at) => ({ text: titles[at]!.title, tone: 'quiet' })),
    ...lines.map((line) => cells((at) => line[at]!)),
  ];
}

/** Places of the columns that fit side by side. */
function fitting(titles: readonly Column[], columns: number): number[] {
  let shown = titles.map((_, at) => at);
  while (taken(shown, titles) > columns) {
    const most = Math.max(...shown.map((at) => titles[at]!.drop ?? 0));
    if (most === 0) break;
    shown = shown.filter((at) => titles[at]!.drop !== most);
  }
  return shown;
}

function taken(shown: readonly number[], titles: readonly Column[]): number {
  return shown.reduce((sum, at) => sum + titles[at]!.width + 1, -1);
}

/** As many lines as there is room for, the chosen one among them, and how many come before and after. */
function window<T>(
  lines: readonly T[],
  chosen: number,
  room: number,
): { readonly seen: readonly T[]; readonly from: number } {
  const from = Math.max(0, Math.min(chosen - room + 1, lines.length - room));
  return { seen: lines.slice(from, from + Math.max(0, room)), from };
}

/**
 * A table of which one row may be chosen: as much of it as fits, the chosen row marked where `active`, and a word on
 * what does not fit.
 */
export function choice(
  titles: readonly Column[],
  lines: readonly (readonly Cell[])[],
  { chosen, active }: { readonly chosen: number; readonly active: boolean },
  { columns, rows }: { readonly columns: number; readonly rows: number },
): Row[] {
  const crowded = lines.length > rows - 1;
  const room = Math.max(0, rows - (crowded ? 2 : 1));
  const { seen, from } = window(lines, chosen, room);
  const [head, ...body] = table(titles, seen, columns);
  const marked = body.map((row, i) => (active && from + i === chosen ? toned(row, 'chosen') : row));
  if (!crowded) return [head!, ...marked];
  const [above, below] = [from, lines.length - from - seen.length];
  const words = [above > 0 ? `${above} above` : '', below > 0 ? `${below} more` : '']
    .filter(Boolean)
    .join(', ');
  return [head!, ...marked, [span(words, 'quiet')]];
}
