import type { Node } from '../../code/parse.ts';
import { slot } from '../../code/precedence.ts';
import type { Region } from '../../code/regions.ts';
import { type Place, type Survey, under, type Walk } from './place.ts';
import { inner } from './scope.ts';
import { visitors } from './visitors.ts';
import { childrenOf, drives } from './walk.ts';

const skipped =
  /^TS(?!AsExpression|NonNull|Satisfies)|^(Import|ExportAll|MetaProperty|Directive|Tagged|PrivateId|Super$)/;
const skippedKeys = new Set([
  'typeAnnotation',
  'returnType',
  'typeParameters',
  'typeArguments',
  'label',
  'decorators',
  'parent',
]);

const bare = /Statement$|Declaration$|^(SpreadElement|VariableDeclarator|CatchClause|ClassBody)$/;

/** Walks a program once and lists all that operators work on. */
export function survey(text: string, program: Node, regions: readonly Region[]): Survey {
  const found: Survey = {
    text,
    sites: [],
    lines: [],
    routines: [],
    functions: [],
    references: [],
    bindings: [],
    declaredAt: new Map(),
    names: new Set(),
    paths: new Map(),
    bound: [],
    numerals: [],
    uses: [],
    declarations: [],
  };
  const free = (node: Node): boolean =>
    regions.some((each) => node.start >= each.start && node.end <= each.end);

  const expression = (node: Node, place: Place): void => {
    found.uses.push({ node, under: place.under, key: place.key, scope: place.scope });
    let inside = node;
    while (inside.type === 'ParenthesizedExpression') inside = inside.expression;
    if (inside !== node)
      found.uses.push({ node: inside, under: place.under, key: place.key, scope: place.scope });
    if (place.value && !place.frozen && free(node)) {
      found.sites.push({
        node: inside,
        start: node.start,
        end: node.end,
        slot: slot(place.under, place.key),
        scope: place.scope,
        role: place.role,
        under: place.under,
        key: place.key,
        type: 'unknown',
      });
    }
    visit(inside, place);
  };

  const block = (list: readonly Node[], place: Place): void => {
    for (const node of list) {
      if (free(node)) {
        found.lines.push({
          node,
          scope: place.scope,
          inFunction: place.inFunction,
          drives: drives(node, place.driving),
          last: node === list.at(-1),
          loops: place.loops,
        });
      }
      visit(node, place);
    }
  };

  const visit = (node: Node, place: Place): void => {
    if (skipped.test(node.type)) return;
    const visitor = visitors[node.type];
    if (visitor) visitor(walk, node, place);
    else below(node, place);
  };

  const below = (node: Node, place: Place): void => {
    if (node.type === 'AwaitExpression' || node.type === 'YieldExpression') found.bound.push(node.start);
    const at = under(node, place);
    const whole = node.type === 'ChainExpression' || node.type === 'AwaitExpression';
    for (const { node: child, key } of childrenOf(node)) {
      if (skippedKeys.has(key)) continue;
      if (bare.test(child.type)) visit(child, { ...at, key, value: place.value });
      else expression(child, { ...at, key, value: !whole });
    }
  };

  const walk: Walk = { found, free, visit, expression, block };
  visit(program, {
    under: program,
    key: 'body',
    scope: inner(undefined),
    role: 'plain',
    driving: new Set(),
    loops: [],
    inFunction: false,
    value: true,
    frozen: false,
  });
  return found;
}
