import type { Row, Span, Tone } from './text.ts';

/** Words of JavaScript and TypeScript that are not names. */
const keywords = new Set(
  (
    'abstract as async await break case catch class const continue debugger declare default delete do else enum ' +
    'export extends false finally for from function get if implements import in infer instanceof interface is keyof ' +
    'let namespace new null of private protected public readonly return satisfies set static super switch this throw ' +
    'true try type typeof undefined unique var void while with yield'
  ).split(' '),
);

/** A regular expression stands where an operand is due: after these words, or a sign that does not end a value. */
const before = new Set([
  'return',
  'case',
  'typeof',
  'in',
  'of',
  'do',
  'else',
  'void',
  'delete',
  'throw',
  'await',
]);

const lexemes =
  /(?<comment>\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$))|(?<string>'(?:\\[\s\S]|[^'\\\n])*'?|"(?:\\[\s\S]|[^"\\\n])*"?|`(?:\\[\s\S]|[^`\\])*`?)|(?<number>\b(?:0[xXbBoO][\da-fA-F_]+|\d[\d_]*(?:\.[\d_]*)?(?:[eE][+-]?\d+)?)n?|\.\d[\d_]*(?:[eE][+-]?\d+)?)|(?<word>[\p{L}_$#][\p{L}\p{N}_$]*)|(?<blank>\s+)|(?<slash>\/)|(?<sign>[\s\S])/uy;

const regexp = /\/(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n[])+\/[a-z]*/uy;

/**
 * The lines of a program in JavaScript or TypeScript, in tones. Reads tokens and no more, so it takes any text, also
 * one that does not parse; what is inside a template is part of its string. Nothing is left out or added but line feeds.
 */
export function highlighted(code: string): Row[] {
  const lines: Span[][] = [[]];
  const put = (text: string, tone: Tone): void => {
    for (const [i, part] of text.split('\n').entries()) {
      if (i > 0) lines.push([]);
      if (part !== '') lines.at(-1)!.push({ text: part, tone });
    }
  };
  let operand = true;
  for (let at = 0; at < code.length; ) {
    lexemes.lastIndex = at;
    const groups: Record<string, string | undefined> = lexemes.exec(code)!.groups!;
    const [kind, text] = Object.entries(groups).find(([, found]) => found !== undefined)!;
    regexp.lastIndex = at;
    const pattern: string | undefined = kind === 'slash' && operand ? regexp.exec(code)?.[0] : undefined;
    put(pattern ?? text!, toneOf(kind, text!, pattern !== undefined));
    at += (pattern ?? text!).length;
    if (kind === 'blank' || kind === 'comment') continue;
    if (kind === 'word') operand = before.has(text!);
    else operand = (kind === 'sign' && !/[)\]}]/.test(text!)) || (kind === 'slash' && pattern === undefined);
  }
  return lines;
}

function toneOf(kind: string, text: string, pattern: boolean): Tone {
  if (pattern) return 'string';
  if (kind === 'word') return keywords.has(text) ? 'keyword' : 'plain';
  return kind === 'comment' || kind === 'string' || kind === 'number' ? kind : 'plain';
}
