import type { Token } from '../../search/language.ts';

const keywords = new Set(
  (
    'as async await break case catch class const continue debugger default delete do else enum export extends false ' +
    'finally for from function if implements import in instanceof interface let new null of private protected public ' +
    'readonly return satisfies static super switch this throw true try type typeof undefined var void while with yield'
  ).split(' '),
);

/** Tried in turn at each position; each takes time linear in the length of its match. */
const patterns: readonly [kind: Token['kind'] | 'word' | 'slash', pattern: RegExp][] = [
  ['plain', /\s+/y],
  ['comment', /\/\/[^\n]*|\/\*(?:[^*]|\*(?!\/))*(?:\*\/)?/y],
  ['text', /"(?:[^"\\\n]|\\.)*"?|'(?:[^'\\\n]|\\.)*'?/sy],
  ['number', /0[xob][\da-f_]+n?|(?:\d[\d_]*\.?[\d_]*|\.\d[\d_]*)(?:e[+-]?\d[\d_]*)?n?/iy],
  ['word', /[\p{L}_$][\p{L}\p{N}_$]*/uy],
  ['slash', /\//y],
];

const expression = /\/(?![*/])(?:[^\\/\n[]|\\[^\n]|\[(?:[^\]\\\n]|\\[^\n])*\])+\/[a-z]*/y;
const template = /(?:[^`\\$]|\\.|\$(?!\{))*(?:`|\$\{)?/sy;

/** The tokens of a JavaScript or TypeScript text, which need not parse; joined, they are the text. */
export function highlight(text: string): Token[] {
  const tokens: Token[] = [];
  // Braces open inside each `${` that is open.
  const holes: number[] = [];
  let operand = false;
  // After a slash that began no regular expression, no other on its line is tried: that could take quadratic time.
  let divides = 0;
  let at = 0;
  const take = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at;
    return pattern.exec(text)?.[0];
  };
  const add = (kind: Token['kind'], piece: string): void => {
    const last = tokens.at(-1);
    if (last && last.kind === kind) tokens[tokens.length - 1] = { kind, text: last.text + piece };
    else tokens.push({ kind, text: piece });
    at += piece.length;
  };
  const addTemplate = (opening: string): void => {
    at += 1;
    const piece = take(template) ?? '';
    at -= 1;
    add('text', opening + piece);
    if (piece.endsWith('${')) holes.push(0);
    operand = !piece.endsWith('${');
  };
  while (at < text.length) {
    const sign = text[at]!;
    if (sign === '`') addTemplate(sign);
    else if (sign === '}' && holes.at(-1) === 0) {
      holes.pop();
      addTemplate(sign);
    } else {
      const found: Found | undefined = next(take, operand || at < divides);
      const [kind, piece] = found ?? ['plain', String.fromCodePoint(text.codePointAt(at)!)];
      if (piece === '/' && !operand && at >= divides) divides = lineEnd(text, at);
      if (holes.length > 0 && sign === '{') holes[holes.length - 1]! += 1;
      if (holes.length > 0 && sign === '}') holes[holes.length - 1]! -= 1;
      add(
        kind === 'plain' && /^[\p{L}_$]/u.test(piece) && text[at + piece.length] === '(' ? 'call' : kind,
        piece,
      );
      // After an operand a slash divides; elsewhere it begins a regular expression.
      if (kind !== 'comment' && piece.trim())
        operand = kind === 'number' || kind === 'text' || /[\w$)\]]$/.test(piece);
      if (kind === 'keyword') operand = /^(this|super|true|false|null|undefined)$/.test(piece);
    }
  }
  return tokens;
}

function lineEnd(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end < 0 ? text.length : end;
}

type Found = readonly [kind: Token['kind'], piece: string];

/** The next token that is more than a punctuator. */
function next(take: (pattern: RegExp) => string | undefined, operand: boolean): Found | undefined {
  for (const [kind, pattern] of patterns) {
    const piece = take(pattern);
    if (piece === undefined) continue;
    if (kind === 'word') return [keywords.has(piece) ? 'keyword' : 'plain', piece];
    if (kind !== 'slash') return [kind, piece];
    const whole = operand ? undefined : take(expression);
    return whole === undefined ? ['plain', piece] : ['text', whole];
  }
  return undefined;
}
