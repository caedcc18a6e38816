import type { Random } from '../../core/search/random.ts';
import type { Form } from '../../core/text/patch/patch.ts';

/** A reply drawn at random, and the required result: a program, or a refusal. */
export interface Drawn {
  readonly parent: string;
  readonly reply: string;
  readonly truncated: boolean;
  /** The texts of the program's lines; undefined where nothing may be applied. */
  readonly expected: readonly string[] | undefined;
  /** Lines of the parent, by number from 0, that keep their bytes, with their number in the outcome. */
  readonly kept: readonly (readonly [number, number])[];
}

const markers = ['// EVOLVE-BLOCK-START', '// EVOLVE-BLOCK-END'] as const;

/** Draws a reply of a form. Few words and many repeats, so that texts stand twice, in and out of the regions. */
export function draw(form: Form, random: Random): Drawn {
  const drawn = drawBare(form, random);
  return random.next() < 0.3 ? wrapped(form, drawn, random) : drawn;
}

function drawBare(form: Form, random: Random): Drawn {
  return form === 'diff' ? drawDiff(random) : drawModule(form, random);
}

const thoughts = [
  ['<think>', '</think>'],
  ['<thinking>', '</thinking>'],
  ['<thought>', '</thought>'],
  ['<reasoning effort="high">', '</reasoning>'],
  ['◁think▷', '◁/think▷'],
  ['[THINK]', '[/THINK]'],
  ['<|begin_of_thought|>', '<|end_of_thought|>'],
  ['<seed:think>', '</seed:think>'],
  ['<think>Hm.<think>', '</think>So.</think>'],
] as const;

/** The reply as models send it that think aloud, with a draft in what they think, or that fence all they say. */
function wrapped(form: Form, drawn: Drawn, random: Random): Drawn {
  const [opens, closes] = random.pick(thoughts);
  const draft = `${random.pick(['', '\n'])}${drawBare(form, random).reply}${random.pick(['', '\n', ' Wait.\n'])}`;
  const { reply, truncated } = drawn;
  const luck = random.next();
  if (luck < 0.1) return { ...drawn, reply: `${opens}${draft}${reply}`, expected: undefined, kept: [] };
  if (luck < 0.3) return { ...drawn, reply: `${draft}\n${closes}${random.pick(['', '\n\n'])}${reply}` };
  if (luck < 0.4 && !truncated)
    return { ...drawn, reply: `${reply}${random.pick(['', '\n'])}${opens}${draft}${closes}` };
  if (luck < 0.6 && !truncated) return { ...drawn, reply: `\`\`\`\`\`markdown\n${reply}\n\`\`\`\`\`\n` };
  return { ...drawn, reply: `${opens}${draft}${closes}${random.pick(['', '\n', '\n\n'])}${reply}` };
}

const words = [
  'a();',
  'b = 1;',
  'if (x) {',
  '}',
  '',
  'über(x); // 😀',
  '`x`;',
  '==',
  '<<<<<<',
  '// ===',
  '...a,',
];
const indents = ['', '', '  ', '  ', '    ', '\t', '\t\t', ' '];

function drawLine(random: Random): string {
  const word =
    random.next() < 0.03 ? random.pick(['=======', '>>>>>>> REPLACE', '<<<<<<< SEARCH']) : random.pick(words);
  const text = random.next() < 0.4 ? `${word}${random.int(30)}` : word;
  return text === '' ? '' : random.pick(indents) + text + (random.next() < 0.05 ? ' ' : '');
}

interface Parent {
  readonly texts: readonly string[];
  /** Whether a line may change. */
  readonly free: readonly boolean[];
  readonly text: string;
}

function drawParent(random: Random): Parent {
  const marked = random.next() < 0.5;
  const stretches = Array.from({ length: marked ? 2 * (1 + random.int(2)) + 1 : 1 }, () =>
    Array.from({ length: random.int(12) + (marked ? 0 : 1) }, () => drawLine(random)),
  );
  const texts: string[] = [];
  const free: boolean[] = [];
  for (const [i, lines] of stretches.entries()) {
    if (i > 0) texts.push(markers[(i + 1) % 2]!);
    if (i > 0) free.push(false);
    texts.push(...lines);
    free.push(...lines.map(() => !marked || i % 2 === 1));
  }
  return { texts, free, text: bytes(texts, random) };
}

/** Lines as a file: one of the line ends, or all of them mixed; perhaps with a byte order mark, or no last line end. */
function bytes(texts: readonly string[], random: Random): string {
  const style = random.pick(['\n', '\n', '\n', '\r\n', 'mixed']);
  const bare = random.next() < 0.3 && texts.at(-1) !== '';
  const ends = texts.map(() => (style === 'mixed' ? random.pick(['\n', '\r\n']) : style));
  const body = texts.map((text, i) => text + (bare && i === texts.length - 1 ? '' : ends[i])).join('');
  return (random.next() < 0.1 ? '\ufeff' : '') + body;
}

interface Hunk {
  readonly from: number;
  readonly to: number;
  readonly search: readonly string[];
  readonly replace: readonly string[];
}

function drawDiff(random: Random): Drawn {
  const parent = drawParent(random);
  const hunks: Hunk[] = [];
  for (let at = 0; at < parent.texts.length; at++) {
    if (random.next() > 0.15) continue;
    const to = Math.min(parent.texts.length, at + 1 + random.int(4));
    const search = parent.texts.slice(at, to);
    const replace = search.flatMap((line) => {
      const luck = random.next();
      return luck < 0.3
        ? []
        : luck < 0.6
          ? [drawLine(random)]
          : luck < 0.8
            ? [line, drawLine(random)]
            : [line];
    });
    const said = disguise(search, replace, random);
    if (said.search.every((line) => !line.trim())) continue;
    hunks.push({ from: at, to, ...said });
    at = random.next() < 0.05 ? at : to - 1;
  }
  const order = random.next() < 0.3 ? hunks.toReversed() : hunks;
  const outcome = oracle(parent, order);
  const whole = `${random.pick(['', 'NOTE: x\n', 'Prose.\n\n'])}${order.map(block).join(random.pick(['', '\n', 'And:\n']))}`;
  const truncated = random.next() < 0.1 && order.length > 0;
  const reply = truncated ? cutInside(whole, random) : whole;
  if (truncated || !outcome) return { parent: parent.text, reply, truncated, expected: undefined, kept: [] };
  return { parent: parent.text, reply, truncated, ...outcome };
}

/** Cuts a reply before the end of its last block is written. */
function cutInside(reply: string, random: Random): string {
  const start = reply.lastIndexOf('<<<<<<< SEARCH') + 2;
  const end = reply.indexOf('\n>>>>>>> REPLACE', start) + 15;
  return reply.slice(0, start + random.int(Math.max(1, end - start)));
}

function block({ search, replace }: Hunk): string {
  return ['<<<<<<< SEARCH', ...search, '=======', ...replace, '>>>>>>> REPLACE', ''].join('\n');
}

/** What models do to the lines they quote: move them, lose space at their ends, misread a line. */
function disguise(search: readonly string[], replace: readonly string[], random: Random) {
  const luck = random.next();
  const each = (change: (line: string) => string) => ({
    search: search.map(change),
    replace: replace.map(change),
  });
  if (luck < 0.15) return each((line) => (line.trim() ? `  ${line}` : line));
  if (luck < 0.3) return each((line) => (line.startsWith('  ') ? line.slice(2) : line));
  if (luck < 0.4) return { search: search.map((line) => line.trimEnd()), replace };
  if (luck < 0.45) return { search: search.map((line) => line.replaceAll('\t', '  ')), replace };
  if (luck < 0.5) return { search: search.map((line) => line.slice(0, -1)), replace };
  return { search, replace };
}

/** The required result of blocks, found the slow and plain way; undefined where they must be refused. */
function oracle(parent: Parent, hunks: readonly Hunk[]): Pick<Drawn, 'expected' | 'kept'> | undefined {
  const { texts, free } = parent;
  const mark = /^[ \t]*(={7}|<{7} SEARCH|>{7} REPLACE)[ \t]*$|EVOLVE-BLOCK/;
  const places: Hunk[] = [];
  for (const { search, replace } of hunks) {
    if ([...search, ...replace].some((line) => mark.test(line))) return undefined;
    const at = only(texts, free, search);
    if (!at) return undefined;
    const moved = replace.map((line) => {
      if (!line.trim()) return line;
      return at.add !== undefined
        ? at.add + line
        : line.startsWith(at.remove!)
          ? line.slice(at.remove!.length)
          : undefined;
    });
    if (moved.some((line) => line === undefined)) return undefined;
    places.push({ from: at.from, to: at.from + search.length, search, replace: moved as string[] });
  }
  places.sort((a, b) => a.from - b.from);
  if (places.some((each, i) => i > 0 && each.from < places[i - 1]!.to)) return undefined;
  const expected: string[] = [];
  const kept: [number, number][] = [];
  for (let i = 0; i < texts.length; ) {
    const hunk = places.find(({ from }) => from === i);
    if (hunk) expected.push(...hunk.replace);
    else kept.push([i, expected.push(texts[i]!) - 1]);
    i = hunk ? hunk.to : i + 1;
  }
  return expected.join('\n') === texts.join('\n') ? undefined : { expected, kept };
}

interface Place {
  readonly from: number;
  readonly add?: string;
  readonly remove?: string;
}

/** The only place of a search, by the first of the three ways that finds any. */
function only(
  texts: readonly string[],
  free: readonly boolean[],
  search: readonly string[],
): Place | undefined {
  const starts = texts
    .keys()
    .filter((at) => search.every((_, i) => free[at + i]))
    .toArray();
  const exact = starts.filter((at) => search.every((line, i) => line === texts[at + i]));
  if (exact.length > 0) return exact.length === 1 ? { from: exact[0]!, add: '' } : undefined;
  const ends = starts.filter((at) => search.every((line, i) => line.trimEnd() === texts[at + i]!.trimEnd()));
  if (ends.length > 0) return ends.length === 1 ? { from: ends[0]!, add: '' } : undefined;
  const moved = starts.flatMap((from): Place[] => {
    const pairs = search.map((line, i) => [line.trimEnd(), texts[from + i]!.trimEnd()] as const);
    for (let n = 1; n < 12; n++) {
      const [said, is] = pairs.find(([line]) => line)!;
      const [add, remove] = [is.slice(0, n), said.slice(0, n)];
      if (!add.trim() && pairs.every(([a, b]) => (a ? add + a : '') === b)) return [{ from, add }];
      if (!remove.trim() && pairs.every(([a, b]) => a === (b ? remove + b : ''))) return [{ from, remove }];
    }
    return [];
  });
  return moved.length === 1 ? moved[0] : undefined;
}

/** A function of a made-up module, with its leading comment. */
interface Piece {
  readonly name: string;
  readonly comment: readonly string[];
  readonly body: readonly string[];
}

const bodies: readonly (readonly string[])[] = [
  ['  return x + 1;'],
  ['  const y = x * 2;', '', '  return y;'],
  ['  /*', '```js', 'f0(1)', '```', '  */', '  return -x;'],
  ['  const t = `a', '  b`;', '  return t.length;'],
  ['  if (x > 2) {', '    return x - 1;', '  }', '  return 0; // größer'],
];

function drawPiece(name: string, random: Random): Piece {
  const comment = random.pick([
    [],
    [],
    [`/** Does ${random.int(99)}. */`],
    ['/**', ' * Example:', ' * ```', ' */'],
  ]);
  return { name, comment, body: [...random.pick(bodies), `  // ${random.int(1000)}`] };
}

/** The lines of a piece; only `f0` is exported. */
function linesOf({ name, comment, body }: Piece): string[] {
  return [...comment, `${name === 'f0' ? 'export ' : ''}function ${name}(x) {`, ...body, '}', ''];
}

/** Draws a module, a change of some of its functions, and a reply that gives them in full or in part. */
function drawModule(form: 'whole' | 'part', random: Random): Drawn {
  const marked = random.next() < 0.5;
  const pieces = Array.from({ length: 1 + random.int(5) }, (_, i) => drawPiece(`f${i}`, random));
  const changed = pieces.map((piece) => (random.next() < 0.4 ? drawPiece(piece.name, random) : piece));
  const head = marked ? ['const fixed = 1;', markers[0]] : [];
  const tail = marked ? [markers[1], 'export const last = fixed;'] : [];
  const file = (all: readonly Piece[]) => [...head, ...all.flatMap(linesOf), ...tail];
  const texts = file(pieces);
  const parent = bytes(texts, random);
  const made =
    form === 'whole'
      ? wholeReply(changed, file(changed), texts, marked, random)
      : partReply(pieces, changed, random);
  const truncated = random.next() < 0.1;
  const reply = truncated
    ? made.reply.slice(0, made.answer + random.int(made.end - made.answer))
    : made.reply;
  const result = form === 'whole' ? file(changed) : file(made.pieces);
  const same = result.join('\n') === texts.join('\n');
  const kept = head.map((_, i) => [i, i] as const);
  const ends = tail.map((_, i) => [texts.length - 1 - i, result.length - 1 - i] as const);
  return {
    parent,
    reply,
    truncated,
    expected: truncated || same ? undefined : result,
    kept: [...kept, ...ends],
  };
}

interface Made {
  readonly reply: string;
  /** Offsets between which a cut leaves the answer without its end. */
  readonly answer: number;
  readonly end: number;
  readonly pieces: readonly Piece[];
}

function assemble(
  before: string,
  code: readonly string[],
  after: string,
  pieces: readonly Piece[],
  random: Random,
): Made {
  const fence = random.pick(['```', '```', '~~~', '````']);
  const opening = `${before}${fence}${random.pick(['js', 'javascript', ''])}\n`;
  const reply = `${opening}${code.join('\n')}\n${fence}\n${after}`;
  return { reply, answer: opening.length, end: reply.length - after.length - fence.length, pieces };
}

function wholeReply(
  pieces: readonly Piece[],
  file: readonly string[],
  old: readonly string[],
  marked: boolean,
  random: Random,
): Made {
  const quoted = random.next() < 0.3 ? `It was:\n~~~~js\n${old.join('\n')}\n~~~~\nNow it is:\n` : '';
  const luck = random.next();
  const bare = pieces.flatMap(linesOf);
  const broken = file.map((line) => (line.includes('fixed') ? line.replace('fixed', 'changed') : line));
  const code = marked && luck < 0.25 ? bare : marked && luck < 0.5 ? broken : file;
  const after = random.pick(['', 'Done.\n', 'Run:\n```sh\nnode p.js\n```\n', 'So `f0(1)` is 2.\n']);
  return assemble(random.pick(['', 'NOTE: better\n\n']) + quoted, code, after, pieces, random);
}

function partReply(pieces: readonly Piece[], changed: readonly Piece[], random: Random): Made {
  const given = changed.filter((piece, i) => piece !== pieces[i] || random.next() < 0.2);
  const code = (given.length > 0 ? given : changed).flatMap(linesOf);
  const merged = pieces.map((piece, i) => {
    const now = changed[i]!;
    return now === piece ? piece : { ...now, comment: now.comment.length > 0 ? now.comment : piece.comment };
  });
  return assemble(random.pick(['', 'NOTE: better\n\n']), code, random.pick(['', 'Done.\n']), merged, random);
}
