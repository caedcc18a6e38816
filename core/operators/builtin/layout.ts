import type { Edit } from '../../code/edit.ts';
import type { Node } from '../../code/parse.ts';
import type { Outline } from './outline.ts';

/** Takes a statement away, and its line with it if nothing else is there. */
export function cut({ text }: Outline, node: Node): Edit {
  const before = /[^\S\r\n]*$/.exec(text.slice(0, node.start))![0].length;
  const after = /^[^\S\r\n]*(?:\r\n|\n|\r)?/.exec(text.slice(node.end))![0];
  const alone = /[\r\n]$/.test(after) && /(^|[\r\n])$/.test(text.slice(0, node.start - before));
  return alone
    ? { start: node.start - before, end: node.end + after.length, text: '' }
    : { start: node.start, end: node.end, text: '' };
}

/** Puts a statement before another, at its indentation and with the file's line ends. */
export function putBefore({ text }: Outline, { start }: Node, statement: string): Edit {
  const indent = /[^\S\r\n]*$/.exec(text.slice(0, start))![0];
  const newline = text.includes('\r\n') ? '\r\n' : '\n';
  const whole = /[;}]$/.test(statement) ? statement : `${statement};`;
  return { start, end: start, text: `${whole}${newline}${indent}` };
}
