import type { Token } from '../../core/search/language.ts';
import { highlight, tokenLines } from '../text/highlight.ts';
import type { Row, Tone } from './text.ts';

const tones: Readonly<Record<Token['kind'], Tone>> = {
  keyword: 'keyword',
  text: 'string',
  number: 'number',
  comment: 'comment',
  call: 'plain',
  plain: 'plain',
};

/** The lines of a program's file, in tones. Nothing is left out or added but line feeds. */
export function highlighted(path: string, code: string): Row[] {
  return tokenLines(highlight(path, code)).map((line) =>
    line.map(({ kind, text }) => ({ text, tone: tones[kind] })),
  );
}
