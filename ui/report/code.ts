import type { Token } from '../../core/search/language.ts';
import type { Source } from '../../core/search/program.ts';
import { common, type Difference, difference, type Hunk, hunks } from '../text/diff.ts';
import { highlight, tokenLines } from '../text/highlight.ts';
import { type Content, type Markup, markup, trusted } from '../text/markup.ts';

/** Characters of a file that are shown. */
const sourceLength = 150_000;
/** Lines of a diff that are shown; of a longer one the rest is counted. */
const linesShown = 400;
/** Lines of context around a change. */
const around = 3;
/** Characters of a line that are shown at a stretch, and of a stretch that did not change. */
const lineLength = 1000;
const sharedLength = 240;

/** A program with its lines numbered and its parts told apart by colour. */
export function sourceMarkup(source: Source): Markup {
  const files = Object.entries(source);
  const several = files.length > 1;
  return markup`${files.map(([path, text]) => markup`${several && markup`<h3>${path}</h3>`}${fileMarkup(path, text)}`)}`;
}

function fileMarkup(path: string, text: string): Markup {
  const lines = tokenLines(highlight(path, text.slice(0, sourceLength).replace(/\n$/, '')));
  const spans = lines.map(
    (line) => markup`<span>${line.map(tokenMarkup)}
</span>`,
  );
  const more = text.length - sourceLength;
  return markup`<pre class="source">${spans}</pre>${more > 0 && markup`<small>and ${more} more characters</small>`}`;
}

function tokenMarkup({ kind, text }: Token): Content {
  return kind === 'plain' ? text : markup`<i class="${trusted(kind)}">${text}</i>`;
}

/** What was changed from one program to the next. */
export interface Change {
  /** Lines added and removed, as `+3 −1`. */
  readonly size: string;
  /** File by file; says so where nothing was changed. */
  readonly content: Markup;
}

/** The change from one program to the next. */
export function changeOf(before: Source, after: Source): Change {
  const paths = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  const all = paths.map((path) => difference(before[path] ?? '', after[path] ?? ''));
  const lines = all.flat();
  const of = (kind: Difference['kind']): number => lines.filter((each) => each.kind === kind).length;
  const size = `+${of('added')} −${of('removed')}`;
  const parts = paths.flatMap((path, i) => {
    const found = hunks(all[i]!, around);
    if (found.length === 0) return [];
    return [
      markup`${paths.length > 1 && markup`<h3>${path}</h3>`}<pre class="diff">${hunkMarkup(found)}</pre>`,
    ];
  });
  const content = parts.length > 0 ? markup`${parts}` : markup`<p class="soft">The text is the same.</p>`;
  return { size, content };
}

function hunkMarkup(found: readonly Hunk[]): Markup {
  let left = linesShown;
  const shown = found.flatMap(({ first, lines }) => {
    if (left <= 0) return [];
    const part = lines.slice(0, left);
    left -= part.length;
    const count = lines.filter(({ kind }) => kind !== 'removed').length;
    const place = `lines ${first} to ${first + Math.max(1, count) - 1}`;
    return [
      markup`<span class="gap">${place}
</span>`,
      paired(part),
    ];
  });
  const all = found.reduce((sum, { lines }) => sum + lines.length, 0);
  return markup`${shown}${
    all > linesShown &&
    markup`<span class="gap">and ${all - linesShown} more lines
</span>`
  }`;
}

/** Lines, and of each old one that a new one stands for, what differs in it. */
function paired(lines: readonly Difference[]): Markup[] {
  const partners = new Map<Difference, Difference>();
  for (let i = 0; i < lines.length; ) {
    const from = i;
    while (lines[i]?.kind === 'removed') i++;
    const middle = i;
    while (lines[i]?.kind === 'added') i++;
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

function lineMarkup({ kind, line }: Difference, partner: Difference | undefined): Markup {
  const sign = { same: ' ', removed: '−', added: '+' }[kind];
  return markup`<span class="${kind}">${sign} ${partner ? marked(line, partner.line) : cut(line)}
</span>`;
}

/** A line with what another does not share with it marked, word by word; as it is where they have little in common. */
function marked(text: string, other: string): Content {
  const [own, others] = [wordsOf(text), wordsOf(other)];
  const shared = new Set(common(own, others));
  if (shared.size < Math.max(own.length, others.length) / 3) return cut(text);
  const runs: { readonly marked: boolean; text: string }[] = [];
  for (const [i, word] of own.entries()) {
    const last = runs.at(-1);
    if (last?.marked === !shared.has(i)) last.text += word;
    else runs.push({ marked: !shared.has(i), text: word });
  }
  return runs.map((run) => (run.marked ? markup`<mark>${cut(run.text)}</mark>` : within(run.text)));
}

/** What two lines share: of much, its ends. */
function within(text: string): string {
  const end = sharedLength / 2;
  return text.length > sharedLength ? `${text.slice(0, end)} … ${text.slice(-end)}` : text;
}

function cut(text: string): string {
  return text.length > lineLength ? `${text.slice(0, lineLength)}…` : text;
}

function wordsOf(text: string): readonly string[] {
  return text.match(/[\p{L}\p{N}_$.]+|\s+|./gsu) ?? [];
}
