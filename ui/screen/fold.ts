import { cut, type Row, type Span, width } from './text.ts';

/** Sentences wrapped into lines of at most `columns` columns; a longer word is broken. */
export function folded(text: string, columns: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (let word of text.split(' ')) {
    while (width(word) > columns) {
      const head = cut(word, columns, '');
      if (head === '') break;
      if (line) lines.push(line);
      line = '';
      lines.push(head);
      word = word.slice(head.length);
    }
    const longer = line ? `${line} ${word}` : word;
    if (width(longer) <= columns) line = longer;
    else {
      lines.push(line);
      line = word;
    }
  }
  return [...lines, line];
}

/** A row broken into rows of at most `columns` columns, at any character; at least one. */
export function broken(row: Row, columns: number): Row[] {
  const rows: Span[][] = [[]];
  let room = columns;
  for (const { text, tone } of row) {
    for (let rest = text; rest !== ''; ) {
      const part = cut(rest, room, '');
      if (part !== '') rows.at(-1)!.push({ text: part, tone });
      rest = rest.slice(part.length);
      room -= width(part);
      // Not even one character fits any more: the next row, which is empty, takes at least that.
      if (rest !== '' && room === columns) return rows;
      if (rest !== '') {
        rows.push([]);
        room = columns;
      }
    }
  }
  return rows;
}
