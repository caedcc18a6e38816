const made = Symbol('markup');

/** HTML or SVG that may go onto a page as it is: only `markup` and `trusted` make it, and nothing read from a file is it. */
export interface Markup {
  readonly [made]: string;
}

/** What a template may hold: texts and numbers are escaped, markup is not, and what is not there leaves nothing. */
export type Content = Markup | string | number | undefined | false | readonly Content[];

/** A template of markup: whatever is put in, it is text, unless it is markup itself. */
export function markup(pieces: TemplateStringsArray, ...contents: readonly Content[]): Markup {
  return trusted(pieces.map((piece, i) => (i === 0 ? '' : written(contents[i - 1])) + piece).join(''));
}

/** Markup of our own that was made elsewhere: never of a text that was read. */
export function trusted(text: string): Markup {
  return { [made]: text };
}

/** Markup as the text of a file. */
export function textOf(content: Markup): string {
  return content[made];
}

function written(content: Content): string {
  if (content === undefined || content === false) return '';
  if (typeof content === 'string') return escaped(content);
  if (typeof content === 'number') return String(content);
  if (isMarkup(content)) return content[made];
  return content.map(written).join('');
}

function isMarkup(content: object): content is Markup {
  return made in content;
}

function escaped(text: string): string {
  return legible(text).replace(/[&<>"'`]/g, (each) => `&#${each.charCodeAt(0)};`);
}

/** What is no letter but changes how letters are read: controls, marks of direction, separators, what has no width. */
const unseen = /[^\t\n\P{C}]|[\u2028\u2029\u115f\u1160\u3164\uffa0]/gu;

/**
 * A text in which nothing hides: what is not seen, or turns the letters around it, is written as its code, such as
 * `⟨U+202E⟩`.
 */
export function legible(text: string): string {
  return text
    .toWellFormed()
    .replaceAll('\r\n', '\n')
    .replace(unseen, (each) => `⟨U+${each.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}⟩`);
}
