import type { Source } from '../../core/program.ts';
import { diff, hunks, type Line } from '../diff.ts';
import { highlight, type Token, tokenLines } from '../highlight.ts';
import { type Content, type Markup, markup, trusted } from '../markup.ts';

/** Lines of a diff that are shown; of a longer one the rest is counted. */
const linesShown = 400;
/** Characters of a line that are shown. */
const lineLength = 1000;

/** A program with its lines numbered and its parts told apart by colour. */
export function sourceMarkup(source: Source): Markup {
  const files = Object.entries(source);
  return markup`${files.map(
    ([path, text]) =>
      markup`${files.length > 1 && markup`<h3>${path}</h3>`}<pre class="source">${tokenLines(
        highlight(text.replace(/\n$/, '')),
      ).map(
        (line) => markup`<span>${line.map(tokenMarkup)}
</span>`,
      )}</pre>`,
  )}`;
}

function tokenMarkup({ kind, text }: Token): Content {
  return kind === 'plain' ? text : markup`<i class="${trusted(kind)}">${text}</i>`;
}

/** What was changed from one program to the next, file by file; says so where nothing was. */
export function diffMarkup(before: Source, after: Source): Markup {
  const paths = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  const parts = paths.flatMap((path) => {
    const found = hunks(diff(before[path] ?? '', after[path] ?? ''));
    if (found.length === 0) return [];
    return [
      markup`${paths.length > 1 && markup`<h3>${path}</h3>`}<pre class="diff">${hunkMarkup(found)}</pre>`,
    ];
  });
  return parts.length > 0 ? markup`${parts}` : markup`<p class="soft">The text is the same.</p>`;
}

/** Lines that differ, in numbers: `+3 −1`. */
export function sizeOfDiff(before: Source, after: Source): string {
  let [added, removed] = [0, 0];
  for (const path of new Set([...Object.keys(before), ...Object.keys(after)])) {
    for (const { kind } of diff(before[path] ?? '', after[path] ?? '')) {
      if (kind === 'new') added += 1;
      else if (kind === 'old') removed += 1;
    }
  }
  return `+${added} −${removed}`;
}

function hunkMarkup(found: readonly (readonly Line[])[]): Markup {
  let left = linesShown;
  const shown = found.flatMap((lines) => {
    if (left <= 0) return [];
    const part = lines.slice(0, left);
    left -= part.length;
    const place = `lines ${lines[0]!.after} to ${lines.at(-1)!.after}`;
    return [
      markup`<span class="gap">${place}
</span>`,
      paired(part),
    ];
  });
  const all = found.reduce((sum, lines) => sum + lines.length, 0);
  return markup`${shown}${
    all > linesShown &&
    markup`<span class="gap">and ${all - linesShown} more lines
</span>`
  }`;
}

/** Lines, and of each old one that a new one stands for, what differs in it. */
function paired(lines: readonly Line[]): Markup[] {
  const partners = new Map<Line, Line>();
  for (let i = 0; i < lines.length; ) {
    const from = i;
    while (lines[i]?.kind === 'old') i++;
    const middle = i;
    while (lines[i]?.kind === 'new') i++;
    if (middle - from === i - middle) {
      for (let k = from; k < middle; k++) {
        const [old, young] = [lines[k]!, lines[k + middle - from]!];
        partners.set(old, young).set(young, old);
      }
    }
    if (i === from) i++;
  }
  return lines.map((line) => lineMarkup(line, partners.get(line)));
}

function lineMarkup({ kind, text }: Line, partner: Line | undefined): Markup {
  const sign = { same: ' ', old: '−', new: '+' }[kind];
  const shown = text.length > lineLength ? `${text.slice(0, lineLength)}…` : text;
  return markup`<span class="${kind}">${sign} ${partner && shown === text ? marked(text, partner.text) : shown}
</span>`;
}

/** A line with what it does not share with another at its beginning and end. */
function marked(text: string, other: string): Content {
  const most = Math.min(text.length, other.length);
  let head = 0;
  while (head < most && text[head] === other[head]) head++;
  let tail = 0;
  while (tail < most - head && text.at(-1 - tail) === other.at(-1 - tail)) tail++;
  // Lines that have little in common are not the same line changed.
  if (head + tail < Math.max(text.length, other.length) / 3) return text;
  return markup`${text.slice(0, head)}<mark>${text.slice(head, text.length - tail)}</mark>${text.slice(text.length - tail)}`;
}
