import { applyEdits, type Edit } from '../../../text/edit.ts';
import type { Node } from '../parse.ts';
import type { Analysis, Site } from './analysis/types.ts';
import { type Expression, wrap } from './expression.ts';

/** The main file with a site replaced by an expression. */
export function put(program: Analysis, site: Site, expression: Expression): string {
  return applyEdits(program.text, [{ start: site.start, end: site.end, text: wrap(expression, site.slot) }]);
}

/** Deletes a statement, and its line if nothing else is on it. */
export function cut({ text }: Analysis, node: Node): Edit {
  const before = /[^\S\r\n]*$/.exec(text.slice(0, node.start))![0].length;
  const after = /^[^\S\r\n]*(?:\r\n|\n|\r)?/.exec(text.slice(node.end))![0];
  const alone = /[\r\n]$/.test(after) && /(^|[\r\n])$/.test(text.slice(0, node.start - before));
  return alone
    ? { start: node.start - before, end: node.end + after.length, text: '' }
    : { start: node.start, end: node.end, text: '' };
}

/** Puts a statement before another, at its indentation and with the file's line ends. */
export function putBefore({ text }: Analysis, { start }: Node, statement: string): Edit {
  const indent = /[^\S\r\n]*$/.exec(text.slice(0, start))![0];
  const newline = text.includes('\r\n') ? '\r\n' : '\n';
  const whole = /[;}]$/.test(statement) ? statement : `${statement};`;
  return { start, end: start, text: `${whole}${newline}${indent}` };
}
