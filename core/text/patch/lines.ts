/** A line of a text and its line end (`''` for a last line without). */
export interface Line {
  readonly text: string;
  readonly newline: string;
  /** UTF-16 offset of its first character; after the byte order mark in a file's first line. */
  readonly start: number;
}

/** Lines `from` to `to` (not included) of a file, and the texts that replace them. */
export interface Rewrite {
  readonly from: number;
  readonly to: number;
  readonly texts: readonly string[];
}

/** Splits a text into lines. A final line end starts no further line; a byte order mark belongs to no line. */
export function linesOf(text: string): Line[] {
  const lines: Line[] = [];
  const newline = /\r\n|\n|\r/g;
  let start = text.startsWith('\ufeff') ? 1 : 0;
  for (let found = newline.exec(text); found; found = newline.exec(text)) {
    lines.push({ text: text.slice(start, found.index), newline: found[0], start });
    start = newline.lastIndex;
  }
  if (start < text.length) lines.push({ text: text.slice(start), newline: '', start });
  return lines;
}

/** The texts of a reply's lines. */
export function textsOf(text: string): string[] {
  return linesOf(text).map((line) => line.text);
}

/** The most frequent line end; a line feed for a text of one line. */
export function newlineOf(lines: readonly Line[]): string {
  const counts = new Map<string, number>();
  for (const { newline } of lines) if (newline) counts.set(newline, (counts.get(newline) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? '\n';
}

/**
 * The text with all rewrites applied, which do not overlap. Lines that a rewrite repeats at its beginning or end keep
 * their bytes, as does all outside; whether the file ends with a line end does not change.
 */
export function rewrite(text: string, lines: readonly Line[], rewrites: readonly Rewrite[]): string {
  const usual = newlineOf(lines);
  const out: { text: string; newline: string }[] = [];
  let done = 0;
  for (const each of [...rewrites].sort((a, b) => a.from - b.from || a.to - b.to)) {
    const { from, to, texts } = each;
    let head = 0;
    while (from + head < to && head < texts.length && lines[from + head]!.text === texts[head]) head++;
    let tail = 0;
    const most = Math.min(to - from, texts.length) - head;
    while (tail < most && lines[to - 1 - tail]!.text === texts.at(-1 - tail)) tail++;
    for (const line of lines.slice(done, from + head)) out.push(line);
    const newline = lines[from + head]?.newline || lines[from + head - 1]?.newline || usual;
    for (const put of texts.slice(head, texts.length - tail)) out.push({ text: put, newline });
    done = to - tail;
  }
  for (const line of lines.slice(done)) out.push(line);
  const ends = lines.length === 0 || lines.at(-1)!.newline !== '';
  let result = text.startsWith('\ufeff') ? '\ufeff' : '';
  for (const [i, line] of out.entries()) {
    const last = i === out.length - 1;
    result += line.text + (last && !ends ? '' : line.newline || usual);
  }
  return result;
}
