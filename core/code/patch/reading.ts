import type { Language } from '../../problem.ts';
import { syntaxError } from '../parse.ts';
import { type Fence, read } from './fences.ts';
import type { File } from './match.ts';
import { isNote } from './note.ts';
import { pathIn } from './path.ts';
import { quote } from './words.ts';

/** A piece of code that a reply holds. */
export interface Code {
  readonly text: string;
  /** The file it is for, as the reply says; `undefined` where it does not. */
  readonly path: string | undefined;
  /** A path it gives that is none of the program's. */
  readonly unknown: string | undefined;
  /** Why it is not a module, if it is not. */
  readonly error: string | undefined;
}

/** A line that only code begins with: a word alone would be a module too. */
const declares =
  /^[ \t]*(?:export|async|function|class|const|let|var|interface|type|enum|abstract)[ \t]+[\w${[]/m;

/** What can be read out of a reply, in its order. */
export interface Codes {
  readonly codes: readonly Code[];
  /** Whether the reply ends inside its code, so that more of it may be missing. */
  readonly open: boolean;
}

/** Characters of one reply that are parsed, at most: a program is far shorter. */
const mostParsed = 600_000;
const otherLanguage =
  /^(?:bash|sh|shell|console|text|txt|plain|python|py|json|diff|output|html|css|yaml|md|markdown)$/i;

/**
 * The code of a reply. A fence ends at the nearest line that may close it and leaves a module behind; code of its own
 * may hold fences, so the nearest one of all counts only when none does. Without any fence the reply itself is read.
 */
export function codesOf(reply: string, files: readonly File[], language: Language): Codes {
  const reading = read(reply);
  let parsed = 0;
  const errorOf = (text: string): string | undefined => {
    parsed += text.length;
    return parsed > mostParsed ? 'the answer is too long to be read' : syntaxError(text, language);
  };
  const codes: Code[] = [];
  let open = false;
  let any = false;
  for (let fence = reading.next(0), to = 0; fence; fence = reading.next(to)) {
    any = true;
    const { closings, first } = fence;
    to = (closings[0] ?? reading.lines.length) + 1;
    open = closings.length === 0;
    if (otherLanguage.test(fence.info.split(/[\s:]/)[0]!)) continue;
    const texts = (open ? [reading.lines.length] : closings).map(
      (end) => [end, reading.content(fence!, end)] as const,
    );
    let error: string | undefined;
    let taken = texts[0]![1];
    for (const [end, text] of texts) {
      const wrong = errorOf(text);
      error ??= wrong;
      if (wrong) continue;
      [taken, to, error] = [text, end + 1, undefined];
      break;
    }
    codes.push({ ...labelled(taken, fence, files), error });
    if (first > reading.lines.length) break;
  }
  if (!any) {
    const text = reading.lines.filter((line) => !isNote(line)).join('\n');
    open = true;
    if (declares.test(text)) codes.push({ text, path: undefined, unknown: undefined, error: errorOf(text) });
  }
  return { codes, open };
}

/** Which file a block is for, and its text without a first line that only says so. */
function labelled(text: string, fence: Fence, files: readonly File[]): Omit<Code, 'error'> {
  if (files.length < 2) return { text, path: undefined, unknown: undefined };
  const paths = files.map(({ path }) => path);
  const first = /^\s*(?:\/\/|#|\/\*)\s*(?:file(?:name)?\s*:?)?\s*(\S+?)\s*(?:\*\/)?\s*$/i.exec(
    text.split('\n', 1)[0]!,
  );
  const inside = first ? pathIn(first[1]!, paths) : undefined;
  const heading = /^.{1,120}$/.test(fence.heading) && !/^[`~]{3}/.test(fence.heading) ? fence.heading : '';
  const named = pathIn(fence.info, paths) ?? inside ?? pathIn(heading, paths);
  if (!named) return { text, path: undefined, unknown: undefined };
  if (!('path' in named)) return { text, path: undefined, unknown: named.unknown };
  const line = text.split('\n', 1)[0]!;
  const own = files.find(({ path }) => path === named.path)?.lines[0]?.text === line;
  const rest = inside && !own ? text.slice(line.length + 1) : text;
  return { text: rest, path: named.path, unknown: undefined };
}

/** Says why nothing of a reply could be used. */
export function noCode({ codes }: Codes, reply: string, wanted: string): string {
  const wrong = codes.find(({ error }) => error);
  if (!reply.trim()) return `Expected ${wanted} in a fenced code block, got an empty answer.`;
  if (!/^[ \t]*(?:`{3}|~{3})/m.test(reply)) {
    return `Expected ${wanted} between a line \`\`\`js and a line \`\`\`, got an answer without a code block.`;
  }
  if (wrong)
    return `The code block that starts with ${quote(wrong.text.split('\n', 1)[0]!)} does not parse: ${wrong.error}.`;
  return `Expected ${wanted} in a fenced code block, got none that fits.`;
}
