import type { Random } from '../../../search/random.ts';
import type { Edit } from '../../../text/edit.ts';
import { resolve } from '../bindings.ts';
import type { Node } from '../parse.ts';
import { level, slot } from '../precedence.ts';
import { nodesBelow } from '../walk.ts';
import { within } from './analysis/scope.ts';
import type { Analysis, Line, Site } from './analysis/types.ts';
import { cut, putBefore } from './edits.ts';
import { wrap } from './expression.ts';
import { inside } from './helpers.ts';
import { varied } from './mutate-range.ts';
import type { Change } from './mutation.ts';
import { functionAround, namesRead, writtenIn } from './order.ts';
import { fresh } from './reduce.ts';
import { slice } from './swap.ts';

/** Shortest expression worth a name, in characters. */
const shortest = 5;

/** An expression that is written more than once gets a name, and mostly changes: in all its places at once. */
export function share(parent: Analysis, random: Random): Change {
  const groups = new Map<string, Site[]>();
  for (const site of parent.sites) {
    const { node } = site;
    if (site.role !== 'plain' || (site.type !== 'number' && site.type !== 'boolean')) continue;
    if (node.end - node.start < shortest || node.type === 'Literal' || !isPure(node)) continue;
    const text = parent.text.slice(node.start, node.end);
    groups.set(text, [...(groups.get(text) ?? []), site]);
  }
  const repeated = [...groups.values()].filter((each) => each.length > 1);
  if (repeated.length === 0) return undefined;
  const group = random.pick(repeated);
  const first = group[random.int(group.length - 1)]!;
  const found = placeFor(parent, first, group);
  if (!found) return undefined;
  const { line, sites } = found;
  const old = slice(parent, first.node);
  const [name] = fresh(parent.names, ['t']) as [string];
  // A shorter child is worth an evaluation even unchanged.
  const shorter = (sites.length - 1) * old.text.length > 20;
  const home = { scope: line.scope, offset: line.node.start };
  const plain = shorter && random.next() < 0.3;
  const value = plain ? old.text : varied(parent, first, random, home);
  if (value === undefined) return undefined;
  return {
    edits: [
      putBefore(parent, line.node, `const ${name} = ${value};`),
      ...sites.map(({ start, end }) => ({ start, end, text: name })),
    ],
    note: `move: ${short(value)} in ${sites.length} places becomes ${name}`,
  };
}

/** The innermost statement before which the name of an expression can be declared, and the sites that can use it. */
function placeFor(
  parent: Analysis,
  first: Site,
  group: readonly Site[],
): { readonly line: Line; readonly sites: readonly Site[] } | undefined {
  const around = functionAround(parent, first.node);
  const reads = namesRead(parent, first.node);
  const lines = parent.lines.filter((each) => each.inFunction && inside(first, each.node));
  for (const line of lines.reverse()) {
    if (!around || !inside(line.node, around)) continue;
    const { start } = line.node;
    if (!reads.every(({ name, binding }) => resolve(name, line.scope) === binding && binding.from <= start))
      continue;
    const sites = group.filter(
      (each) =>
        each.start >= start &&
        within(each.scope, line.scope) &&
        reads.every(({ name, binding }) => resolve(name, each.scope) === binding),
    );
    // The value of a name in it changes: later sites keep the expression.
    const changed = () => {
      const written = writtenIn(parent, { start, end: sites.at(-1)!.end });
      return reads.some(({ binding }) => written.has(binding));
    };
    while (sites.length > 1 && changed()) sites.pop();
    if (sites.length > 1) return { line, sites };
  }
  return undefined;
}

/** A name is replaced by its value; where it was read several times, one of the copies mostly changes. */
export function inline(parent: Analysis, random: Random): Change {
  const lines = parent.lines.filter(({ node, inFunction }) => {
    const [item, ...more] =
      node.type === 'VariableDeclaration' && node.kind === 'const' ? node.declarations : [];
    return (
      inFunction && item?.id.type === 'Identifier' && item.init && more.length === 0 && isPure(item.init)
    );
  });
  if (lines.length === 0) return undefined;
  const line = random.pick(lines);
  const { id, init } = line.node.declarations[0];
  const binding = resolve(id.name, line.scope)!;
  const places = parent.references.filter(
    (each) => each.node.name === id.name && resolve(id.name, each.scope) === binding,
  );
  const around = functionAround(parent, line.node);
  if (places.length === 0 || !around || places.some((each) => each.write || each.shorthand)) return undefined;
  const reads = namesRead(parent, init);
  const written = writtenIn(parent, { start: line.node.end, end: around.end });
  const same = places.every(({ scope }) => reads.every((each) => resolve(each.name, scope) === each.binding));
  if (!same || reads.some((each) => written.has(each.binding))) return undefined;
  const value = slice(parent, init);
  const odd = random.next() < (places.length > 1 ? 0.8 : 0.5) ? random.pick(places) : undefined;
  // The grown expression may not read the name, which is removed.
  const home = { scope: line.scope, offset: line.node.start };
  const edits: Edit[] = [cut(parent, line.node)];
  for (const place of places) {
    const { node } = place;
    const use = parent.uses.find((each) => each.node === node);
    if (!use) return undefined;
    const needed = slot(use.under, use.key);
    const other = place === odd ? varied(parent, init, random, home) : undefined;
    const text = other === undefined ? wrap(value, needed) : needed > level.assignment ? `(${other})` : other;
    edits.push({ start: node.start, end: node.end, text });
  }
  return { edits, note: `move: ${id.name} is replaced by ${short(value.text)} in ${places.length} places` };
}

/** Nothing but names, literals, operators, elements, lengths and Math: it may be worked out earlier, later or twice. */
function isPure(node: Node): boolean {
  if (node.type === 'CallExpression') {
    const callee: Node = node.callee;
    if (callee.type !== 'MemberExpression' || callee.computed || callee.object.name !== 'Math') return false;
    return callee.property.name !== 'random' && node.arguments.every(isPure);
  }
  if (node.type === 'MemberExpression') {
    if (node.object.type !== 'Identifier') return false;
    return node.computed ? isPure(node.property) : node.property.name === 'length';
  }
  if (/^(Identifier|Literal)$/.test(node.type)) return !node.regex;
  return (
    /^(Binary|Logical|Conditional|Unary|Parenthesized|TSNonNull|TSAs|TSSatisfies)Expression$/.test(
      node.type,
    ) && nodesBelow(node).every((child) => /^TS.*(Keyword|Type|Reference)$/.test(child.type) || isPure(child))
  );
}

function short(text: string): string {
  return text.replace(/\s+/g, ' ').slice(0, 60);
}
