/**
 * Parts of a reply in which a model thinks, by the marks that models and chat templates put around them. A name stands
 * for marks that end each other.
 */
interface Mark {
  readonly name: string;
  readonly kind: 'opens' | 'closes';
  readonly start: number;
  readonly end: number;
}

const names =
  'think(?:ing)?|(?:\\w+[_ -])?thoughts?|thought[_ -]?proc(?:ess)|reason(?:ing)?|reflect(?:ion)?|scratch[_-]?pad|(?:inner|internal)[_ -]?monologue|ant[_-]?thinking|chain[_-]of[_-]thought|cot';

/**
 * `<think>`, `</thinking>`, `[THINK]`, `◁think▷`, `<seed:think>`, `<|begin_of_thought|>`, `<|START_THINKING|>`, those
 * with attributes, `<details type="reasoning">`, and the channels of OpenAI's and Google's open models.
 */
const tag = new RegExp(
  [
    `(?<open>[<\\[◁])\\|?\\s*(?<slash>/?)\\s*(?:[a-z]+:)?(?:(?<turn>begin|start|end)_(?:of_)?)?(?<name>${names})(?:\\s[^<>\\n]{0,200})?\\|?(?<close>[>\\]▷])`,
    '<(?:(?<ends>/)details|details\\s(?=[^<>\\n]{0,100}type=["\']?reasoning)[^<>\\n]{0,200})>',
    '(?<final><\\|channel\\|>\\s*final[^<\\n]{0,80}<\\|message\\|>|<channel\\|>)',
    '(?<channel><\\|channel\\|?>\\s*(?:analysis|commentary|thought)\\b)',
  ].join('|'),
  'giu',
);

/** Thoughts of one reply beyond which it is refused. */
const mostThoughts = 2000;

/** Ends of one fence that are tried, and characters of a reply that are parsed. */
const mostEnds = 24;
const mostParsed = 1_000_000;

const fence = /^[ \t]*(`{3,}|~{3,})([^\n]*)$/;
const thinks = new RegExp(`^(?:${names})$`, 'i');
const thoughtFence = new RegExp(`^[ \\t]*(?:\`{3,}|~{3,})[ \\t]*(?:${names})[ \\t]*$`, 'im');
const opensBlock = /^[ \t]*<{5,9} ?SEARCH\b/;
const closesBlock = /^[ \t]*>{5,9} ?REPLACE\b[ \t]*/;

/**
 * A reply without what the model thought, whatever marks it put around that: what stands between them, and all that
 * precedes a mark that only ends a thought, since chat templates may have written the beginning. Marks in quotes are
 * mentions; those in the code of the answer are code: in SEARCH/REPLACE blocks, or in fences that hold a program.
 * Undefined where a thought never ends.
 * @param code what the answer's code stands in; left out for an answer that holds none.
 */
export function withoutThoughts(
  reply: string,
  code?: 'blocks' | ((text: string) => boolean),
): string | undefined {
  if (marksIn(reply).next().done && !thoughtFence.test(reply)) return reply;
  const codeEnd = codeEnds(code);
  let kept = '';
  let rest = reply;
  for (let count = 0; count < mostThoughts; count++) {
    const mark = firstOutsideCode(rest, codeEnd);
    if (!mark) return kept + rest;
    const { name, kind, start } = mark;
    const end =
      kind === 'closes' ? mark.end : name === 'fence' ? thoughtFenceEnd(rest, start) : thoughtEnd(rest, mark);
    if (end === undefined) return undefined;
    kept = kind === 'closes' ? '' : kept + rest.slice(0, start);
    rest = rest.slice(end).replace(/^[ \t]+/, '');
  }
  return undefined;
}

/** Where code ends that begins at the line `at` of a text; undefined where none does. */
type CodeEnd = (text: string, at: number, line: string) => number | undefined;

function codeEnds(code: 'blocks' | ((text: string) => boolean) | undefined): CodeEnd {
  if (code === undefined) return () => undefined;
  if (code === 'blocks') return (text, at, line) => (opensBlock.test(line) ? blockEnd(text, at) : undefined);
  let budget = mostParsed;
  return (text, at, line) => {
    const [, mark = '', info = ''] = fence.exec(line) ?? [];
    if (!mark || (mark[0] === '`' && info.includes('`')) || budget <= 0) return undefined;
    const first = at + line.length + 1;
    for (const { start, end } of fenceEnds(text, first, mark)) {
      const held = text.slice(first, start);
      budget -= held.length;
      if (budget <= 0 || endsThought(held)) return undefined;
      if (code(held)) return end;
    }
    return undefined;
  };
}

/** Whether a text ends a thought that did not begin in it: no program, though a comment may make it look like one. */
function endsThought(text: string): boolean {
  return /[<[◁]/.test(text) && marksIn(text).next().value?.kind === 'closes';
}

/** The first mark that stands in no code of the answer. */
function firstOutsideCode(text: string, codeEnd: CodeEnd): Mark | undefined {
  for (let at = 0; at < text.length; ) {
    const line = lineAt(text, at);
    const [, mark = '', info = ''] = fence.exec(line) ?? [];
    if (mark && thinks.test(info.trim())) return { name: 'fence', kind: 'opens', start: at, end: at };
    const end = codeEnd(text, at, line);
    if (end === undefined && /[<[◁]/.test(line)) {
      const found = marksIn(line).find(({ name, kind }) => name !== 'details' || kind === 'opens');
      if (found) return { ...found, start: at + found.start, end: at + found.end };
    }
    at = end ?? at + line.length + 1;
  }
  return undefined;
}

/** Where the thought ends that a mark opens, those within it and their ends counted. */
function thoughtEnd(text: string, opening: Mark): number | undefined {
  const open = [opening.name];
  for (const { name, kind, end } of marksIn(text, opening.end)) {
    if (kind === 'opens') open.push(name);
    else open.length = open.includes(name) ? open.lastIndexOf(name) : open.length - 1;
    if (open.length === 0) return end;
  }
  return undefined;
}

/** The marks of a text from `at` on, but for those in quotes, those that end themselves, and type arguments. */
function* marksIn(text: string, at = 0): Generator<Mark, undefined> {
  for (const found of text.matchAll(tag)) {
    const start = found.index;
    if (start < at) continue;
    const [all] = found;
    const end = start + all.length;
    const { open, slash, turn, name, close, ends, final, channel } = found.groups!;
    if (
      /(?<!['"`])['"`“«‘]$/.test(text.slice(Math.max(0, start - 2), start)) &&
      /^['"`”»’](?!['"`])/.test(text.slice(end, end + 2))
    )
      continue;
    if (final || channel) {
      yield { name: 'channel', kind: final ? 'closes' : 'opens', start, end };
    } else if (name === undefined) {
      yield { name: 'details', kind: ends ? 'closes' : 'opens', start, end };
    } else {
      const closes = slash !== '' || turn?.toLowerCase() === 'end';
      if (pairs[open!] !== close || all.endsWith('/>')) continue;
      if (open === '[' && name !== name.toUpperCase()) continue;
      if (!closes && /\w/.test(text[start - 1] ?? '') && /^[A-Z][a-z]/.test(name)) continue;
      yield { name: name.toLowerCase(), kind: closes ? 'closes' : 'opens', start, end };
    }
  }
}

const pairs: Readonly<Record<string, string>> = { '<': '>', '[': ']', '◁': '▷' };

/** The lines from `first` on that may close a fence: where each starts, and where its own mark ends. */
function* fenceEnds(text: string, first: number, mark: string): Generator<{ start: number; end: number }> {
  const closing = new RegExp(`^[ \\t]*(${mark[0]}{${mark.length},})([^\\n]*)$`, 'gm');
  closing.lastIndex = first;
  let count = 0;
  for (let found = closing.exec(text); found && count < mostEnds; found = closing.exec(text)) {
    const said = found[2]!.trim();
    if (said && marksIn(said).next().value?.start !== 0) continue;
    count += 1;
    yield { start: found.index, end: found.index + found[0].indexOf(found[1]!) + found[1]!.length };
  }
}

/** Where a fence ends that says it holds a thought, fences within it that say what they hold counted. */
function thoughtFenceEnd(text: string, at: number): number | undefined {
  const opening = lineAt(text, at);
  const mark = fence.exec(opening)![1]!;
  const others = new RegExp(`^[ \\t]*(${mark[0]}{${mark.length},})([^\\n]*)$`, 'gm');
  others.lastIndex = at + opening.length + 1;
  let depth = 1;
  for (let found = others.exec(text); found; found = others.exec(text)) {
    depth += found[2]!.trim() ? 1 : -1;
    if (depth === 0) return found.index + found[0].length;
  }
  return undefined;
}

/** Where a SEARCH/REPLACE block that opens at the line `at` ends; undefined where another opens before. */
function blockEnd(text: string, at: number): number | undefined {
  for (let next = at + lineAt(text, at).length + 1; next < text.length; ) {
    const line = lineAt(text, next);
    if (opensBlock.test(line)) return undefined;
    const closed = closesBlock.exec(line);
    if (closed) return next + closed[0].length;
    next += line.length + 1;
  }
  return undefined;
}

function lineAt(text: string, at: number): string {
  const end = text.indexOf('\n', at);
  return text.slice(at, end < 0 ? text.length : end);
}
