import { applyEdits } from '../../code/edit.ts';
import { type Expression, wrap } from './expression.ts';
import type { Outline, Site } from './outline.ts';

/** The main file with an expression in the place of a site. */
export function put(program: Outline, site: Site, expression: Expression): string {
  return applyEdits(program.text, [{ start: site.start, end: site.end, text: wrap(expression, site.slot) }]);
}

/** Whether a site is a number that a function returns: where a formula stands as a whole. */
export function isResult({ type, role, under }: Site): boolean {
  return type === 'number' && role === 'plain' && under.type === 'ReturnStatement';
}
