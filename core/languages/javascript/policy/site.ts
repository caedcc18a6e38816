import type { Grammar } from '../../../learning/policy/grammar.ts';
import type { Place } from '../../../learning/policy/place.ts';
import { numeralOf } from '../operators/analysis/syntax.ts';
import type { Analysis, Site } from '../operators/analysis/types.ts';
import type { Node } from '../parse.ts';
import { namesAt } from './grammar-for.ts';

/** A site in a parent, with the program's own names that can be read there. */
export interface SiteContext {
  readonly place: Place;
  readonly locals: readonly string[];
}

/** The features of a site for a policy; `old`: whether it may reuse the present expression. */
export function siteContextOf(grammar: Grammar, program: Analysis, site: Site, old: boolean): SiteContext {
  const names = namesAt(site.scope, site.start, program.paths);
  const open = new Set([
    ...names.numbers.map((name) => `name ${name}`),
    ...names.booleans.map((name) => `test ${name}`),
    ...names.arrays.flatMap((name) => [`length ${name}`, `sum ${name}`]),
  ]);
  const locals = names.numbers.filter((name) => !grammar.numbers.has(`name ${name}`));
  const closed = grammar.productions.flatMap(({ name }, i) => {
    if (name === 'a local') return locals.length > 0 ? [] : [i];
    return /^(name|test|length|sum) /.test(name) && !open.has(name) ? [i] : [];
  });
  const kind = site.type === 'boolean' ? 'boolean' : 'number';
  const { above, slot, left } = surroundings(grammar, site);
  const numeral = old && kind === 'number' && numeralOf(site.node) !== undefined;
  return { place: { kind, above, slot, left, closed, old, numeral }, locals };
}

function surroundings(grammar: Grammar, { under, key }: Site): Pick<Place, 'above' | 'slot' | 'left'> {
  const above = productionOf(grammar, under);
  if (above < 0) {
    // Returned values, initial values of names, and all else.
    const slot = under.type === 'ReturnStatement' ? 0 : under.type === 'VariableDeclarator' ? 1 : 2;
    return { above, slot, left: -1 };
  }
  const slot = key === 'right' || key === 'consequent' ? 1 : key === 'alternate' ? 2 : 0;
  return { above, slot, left: key === 'right' ? productionOf(grammar, under.left) : -1 };
}

/** The production that would have drawn a node; -1 where there is none. */
function productionOf(grammar: Grammar, node: Node): number {
  return grammar.numbers.get(nameOf(node)) ?? -1;
}

function nameOf(node: Node): string {
  switch (node.type) {
    case 'ParenthesizedExpression':
      return nameOf(node.expression);
    case 'BinaryExpression':
    case 'LogicalExpression':
      if (node.operator === '**') return numeralOf(node.right) === 3 ? 'cube' : 'square';
      return node.operator;
    case 'UnaryExpression':
      return node.operator === '-' ? 'negative' : '';
    case 'ConditionalExpression':
      return 'choose';
    case 'CallExpression':
      return node.callee.object?.name === 'Math' ? `Math.${node.callee.property.name}` : '';
    case 'Identifier':
      return `name ${node.name}`;
    case 'Literal':
      return typeof node.value === 'number' ? 'fresh' : '';
    default:
      return '';
  }
}
