import type { Language } from '../../search/language.ts';
import { perLanguage } from '../comments.ts';
import { type Fence, read } from './fences.ts';
import type { File } from './match.ts';
import { isNote } from './note.ts';
import { pathIn } from './path.ts';
import { quote } from './words.ts';

/** A piece of code of a reply. */
export interface Code {
  readonly text: string;
  /** The file that the reply names for it, if any. */
  readonly path: string | undefined;
  /** A path that the reply names for it and the program does not have. */
  readonly unknown: string | undefined;
  /** Its syntax error, if any. */
  readonly error: string | undefined;
}

/** The code of a reply, in its order. */
export interface Codes {
  readonly codes: readonly Code[];
  /** Whether the reply ends inside its code, so that more of it may be missing. */
  readonly open: boolean;
}

/** Most characters of one reply that are parsed: a program is far shorter. */
const mostParsed = 200_000;
/** Tags of fences that hold no program, apart from the tags of the problem's language. */
const otherTag =
  /^(?:bash|sh|shell|console|text|txt|plain|output|diff|json|yaml|html|css|md|mdx|markdown|js|javascript|ts|typescript|python|py|c|cpp|c\+\+|rust|go|java)$/i;

/** Tags of fences that may hold a whole answer. */
const prose = /^(?:mdx?|markdown|text|txt|plain)$/i;

/** More code blocks than any real answer has. */
const mostFences = 100;

/**
 * The code of a reply. A fence ends at the nearest closing line for which its content parses; code may hold fences
 * itself, so the nearest closing line counts only when none does. Without any fence the reply itself is read.
 */
export function codesOf(
  reply: string,
  files: readonly File[],
  language: Language,
): Codes | { readonly malformed: string } {
  const reading = read(reply);
  const codes: Code[] = [];
  let budget = mostParsed;
  let [open, fences] = [false, 0];
  const around: string[] = [];
  for (let fence = reading.next(0), to = 0; fence; fence = reading.next(to)) {
    const { closings, info, mark } = fence;
    if (wraps(fence, reading.lines, language)) {
      around.push(mark);
      to = fence.first;
      continue;
    }
    const outer = around.at(-1);
    if (outer && !info && mark[0] === outer[0] && mark.length >= outer.length) {
      around.pop();
      to = fence.first;
      continue;
    }
    const ends = closings.length > 0 ? closings : [reading.lines.length];
    open = closings.length === 0;
    to = ends[0]! + 1;
    if (++fences > mostFences) return { malformed: 'Expected one code block or a few, got over 100.' };
    if (isForeign(word(info), language)) continue;
    let taken: { readonly text: string; readonly error: string | undefined } | undefined;
    for (const end of ends) {
      const text = reading.content(fence, end);
      budget -= text.length;
      if (budget < 0) return { malformed: 'The code is too long to be parsed.' };
      const error = language.syntaxError(text);
      if (!taken || !error) taken = { text, error };
      if (error) continue;
      to = end + 1;
      break;
    }
    // A closing fence without an opening.
    if (open && !taken!.text.trim()) continue;
    codes.push({ ...labelled(taken!.text, fence, files, language), error: taken!.error });
  }
  if (fences > 0) return { codes, open };
  const text = reading.lines.filter((line) => !isNote(line)).join('\n');
  if (!language.codeLine?.test(text) || text.length > mostParsed) return { codes, open: true };
  const error = language.syntaxError(text);
  return { codes: [{ text, path: undefined, unknown: undefined, error }], open: true };
}

/** Whether a fence's tag names another language; an empty tag names none. */
function isForeign(tag: string, { fences }: Language): boolean {
  return otherTag.test(tag) && !fences.includes(tag.toLowerCase());
}

/** A comment that only states a path. */
const label = perLanguage(
  (opening) => new RegExp(`^\\s*${opening}\\s*(?:file(?:name)?\\s*:?)?\\s*(\\S+?)\\s*(?:\\*\\/)?\\s*$`, 'i'),
);

/** Whether a fence holds other fences rather than code: an answer fenced as Markdown. */
function wraps({ info, inner, mark, first }: Fence, lines: readonly string[], language: Language): boolean {
  if (inner === undefined || (info && !prose.test(word(info)))) return false;
  if (inner ? isForeign(word(inner), language) : mark.length === 3) return false;
  // A program may hold a fence in a comment: an untagged fence wraps another only directly above it.
  return info !== '' || /^\s*(?:`{3}|~{3})/.test(lines.slice(first).find((line) => line.trim()) ?? '');
}

function word(info: string): string {
  return info.split(/[\s:]/)[0]!;
}

/** The file of a block, and its text without a first line that only names the file. */
function labelled(
  text: string,
  fence: Fence,
  files: readonly File[],
  language: Language,
): Omit<Code, 'error'> {
  if (files.length < 2) return { text, path: undefined, unknown: undefined };
  const paths = files.map(({ path }) => path);
  const first = label(language).exec(text.split('\n', 1)[0]!.slice(0, 200));
  const inside = first ? pathIn(first[1]!, paths, language) : undefined;
  const heading = /^.{1,120}$/.test(fence.heading) && !/^[`~]{3}/.test(fence.heading) ? fence.heading : '';
  const named = pathIn(fence.info, paths, language) ?? inside ?? pathIn(heading, paths, language);
  if (!named) return { text, path: undefined, unknown: undefined };
  if (!('path' in named)) return { text, path: undefined, unknown: named.unknown };
  const line = text.split('\n', 1)[0]!;
  const own = files.find(({ path }) => path === named.path)?.lines[0]?.text === line;
  const rest = inside && !own ? text.slice(line.length + 1) : text;
  return { text: rest, path: named.path, unknown: undefined };
}

/** Says why no code of a reply could be used. */
export function noCode({ codes }: Codes, reply: string, wanted: string, { fences }: Language): string {
  const wrong = codes.find(({ error }) => error);
  if (!reply.trim()) return `Expected ${wanted} in a fenced code block, got an empty answer.`;
  if (!/^[ \t]*(?:`{3}|~{3})/m.test(reply)) {
    return `Expected ${wanted} between a line \`\`\`${fences[0]} and a line \`\`\`, got an answer without a code block.`;
  }
  if (wrong)
    return `The code block that starts with ${quote(wrong.text.split('\n', 1)[0]!)} does not parse: ${wrong.error}.`;
  return `Expected ${wanted} in a fenced code block, got none that fits.`;
}
