import stringWidth from 'string-width';

/** What a piece of text is, so that a theme can say how it looks. Meaning is never told by colour alone. */
export type Tone =
  | 'plain'
  /** To be read first. */
  | 'strong'
  /** Labels, rulers, what may be passed over. */
  | 'quiet'
  | 'curve'
  | 'good'
  | 'warning'
  | 'bad'
  /** The frame and title of the pane that has the keys. */
  | 'focus'
  /** The row that Enter opens. */
  | 'chosen'
  | 'keyword'
  | 'string'
  | 'number'
  | 'comment'
  | 'added'
  | 'removed';

export interface Span {
  readonly text: string;
  readonly tone: Tone;
}

/** One line of the screen, spans from left to right. */
export type Row = readonly Span[];

const ascii = /^[\x20-\x7e]*$/;

/** Columns of characters met before: looking them up is slow, and a screen is made of the same few. */
const known = new Map<string, number>();

/** Columns that a character takes; it is one that `clean` lets through. */
function columnsOf(character: string): number {
  if (character < '\u0300') return 1;
  let columns = known.get(character);
  if (columns === undefined) {
    columns = stringWidth(character);
    if (known.size > 10_000) known.clear();
    known.set(character, columns);
  }
  return columns;
}

/** Columns that a cleaned text takes. */
export function width(text: string): number {
  if (ascii.test(text)) return text.length;
  let columns = 0;
  for (const character of text) columns += columnsOf(character);
  return columns;
}

/**
 * A text that may come from a candidate, a model or a file, as one line that can do a terminal no harm: control
 * characters are shown as pictures, what has no width or turns the order of writing is left out, and what
 * terminals draw in different widths is replaced.
 */
export function clean(text: string): string {
  if (ascii.test(text)) return text;
  return (
    text
      .replaceAll('\t', '  ')
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not reach a terminal
      .replace(/[\x00-\x1f]/g, (control) => String.fromCharCode(0x2400 + control.charCodeAt(0)))
      .replace(/[\x7f-\x9f]/g, '\u2421')
      .replace(/\p{Cf}|\p{Zl}|\p{Zp}|\p{Default_Ignorable_Code_Point}|\p{Emoji_Modifier}/gu, '')
      .replace(/[\u{1f1e6}-\u{1f1ff}]/gu, (letter) =>
        String.fromCharCode(letter.codePointAt(0)! - 0x1f1e6 + 65),
      )
      .replace(/[\p{Cs}\p{Co}\p{Cn}]/gu, '\ufffd')
      // Marks pile up without end, and one without a letter would join its neighbour.
      .replace(/(^|\p{M}\p{M})\p{M}+/gu, '$1')
  );
}

/** As much of a cleaned text as fits, with an ellipsis where it was cut. */
export function cut(text: string, columns: number, ellipsis = '…'): string {
  if (width(text) <= columns) return text;
  let room = columns - width(ellipsis);
  if (room < 0) return '';
  let kept = '';
  for (const character of text) {
    room -= columnsOf(character);
    if (room < 0) break;
    kept += character;
  }
  return kept + ellipsis;
}

export function span(text: string, tone: Tone = 'plain'): Span {
  return { text, tone };
}

/** A cleaned text left-aligned in `columns` columns, cut if it is longer. */
export function left(text: string, columns: number, tone: Tone = 'plain'): Span {
  const kept = cut(text, columns);
  return { text: kept + ' '.repeat(Math.max(0, columns - width(kept))), tone };
}

/** A cleaned text right-aligned in `columns` columns, cut if it is longer. */
export function right(text: string, columns: number, tone: Tone = 'plain'): Span {
  const kept = cut(text, columns);
  return { text: ' '.repeat(Math.max(0, columns - width(kept))) + kept, tone };
}

/** A row of exactly `columns` columns: cut or padded. */
export function fitted(row: Row, columns: number): Row {
  const kept: Span[] = [];
  let room = columns;
  for (const { text, tone } of row) {
    const wanted = width(text);
    if (wanted <= room) kept.push({ text, tone });
    else if (room > 0) kept.push(left(text, room, tone));
    room -= Math.min(wanted, Math.max(0, room));
    if (room <= 0) break;
  }
  if (room > 0) kept.push(span(' '.repeat(room)));
  return kept;
}

/** A row all of whose spans get one tone. */
export function toned(row: Row, tone: Tone): Row {
  return row.map(({ text }) => ({ text, tone }));
}

/** The text of a row, without its tones. */
export function textOf(row: Row): string {
  return row.map(({ text }) => text).join('');
}
