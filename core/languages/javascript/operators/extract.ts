import type { Random } from '../../../search/random.ts';
import type { Edit } from '../../../text/edit.ts';
import { resolve } from '../bindings.ts';
import type { Node } from '../parse.ts';
import { level } from '../precedence.ts';
import { inner } from './analysis/scope.ts';
import type { Analysis, Binding, Scope, Site, Type } from './analysis/types.ts';
import { type Expression, join, wrap } from './expression.ts';
import { growNumber } from './grow.ts';
import { type Helper, inside } from './helpers.ts';
import { textOf, varied } from './mutate-range.ts';
import type { Change } from './mutation.ts';
import { fresh } from './reduce.ts';
import { pickSite } from './replace.ts';
import { slice } from './swap.ts';
import { type Vocabulary, vocabulary } from './vocabulary.ts';

/** Shortest expression worth a function of its own, in characters. */
const shortest = 6;

/** An expression becomes a function of the names it reads; sometimes a second call with other arguments is added elsewhere. */
export function extract(parent: Analysis, random: Random): Change {
  const site = pickSite(
    parent.sites.filter(
      (each) => each.role === 'plain' && each.end - each.start >= shortest && isLoose(parent, each),
    ),
    random,
  );
  const around = site && topLine(parent, site);
  if (!site || !around) return undefined;
  const root = around.scope;
  const read = readIn(parent, site, root);
  if (!read || read.length === 0) return undefined;
  const [name] = fresh(parent.names, ['part']) as [string];
  const scope = inner(root);
  for (const binding of read) scope.bindings.set(binding.name, binding);
  const second = random.next() < 0.5 ? secondCall(parent, around.node, site, name, read, random) : undefined;
  const home = { scope, offset: site.start };
  const varies = !second || random.next() < 0.5;
  const body = varies ? varied(parent, site, random, home) : textOf(parent, site);
  if (body === undefined) return undefined;
  const names = read.map((each) => each.name).join(', ');
  const newline = parent.text.includes('\r\n') ? '\r\n' : '\n';
  const made = ['', '', `function ${name}(${names}) {`, `  return ${body};`, '}'].join(newline);
  const call = { text: `${name}(${names})`, level: level.call };
  const edits: Edit[] = [
    { start: site.start, end: site.end, text: wrap(call, site.slot) },
    { start: around.node.end, end: around.node.end, text: made },
    ...(second ? [second] : []),
  ];
  const more = second ? `, called a second time as ${second.text.replace(/\s+/g, ' ').slice(0, 50)}` : '';
  return {
    edits,
    note: `specialise: ${body.replace(/\s+/g, ' ').slice(0, 60)} becomes a function ${name}${more}`,
  };
}

/** A further call of a function that gives a number, somewhere in the entry. */
export function reuse(parent: Analysis, helper: Helper, entry: string, random: Random): Change {
  const main = parent.functions.find((each) => each.name === entry);
  const own = parent.functions.find((each) => each.node === helper.node)!.scope;
  const parameters = helper.node.params.map((each: Node) => own.bindings.get(each.name));
  // What the helper calls may lead back to it, but never to the entry.
  if (!main || parameters.includes(undefined) || calls(parent, helper.node, entry)) return undefined;
  const put = placed(
    parent,
    (site) =>
      inside(site, main.node) &&
      resolve(helper.name, site.scope) === helper.binding &&
      helper.binding.from <= site.start,
    helper.name,
    parameters,
    random,
  );
  return (
    put && {
      edits: [put],
      note: `specialise: ${helper.name} is called a second time, ${put.text.replace(/\s+/g, ' ').slice(0, 60)}`,
    }
  );
}

function calls(parent: Analysis, node: Node, name: string): boolean {
  return parent.references.some((each) => each.node.name === name && inside(each.node, node));
}

function secondCall(
  parent: Analysis,
  around: Node,
  first: Site,
  name: string,
  read: readonly Binding[],
  random: Random,
): Edit | undefined {
  if (first.type !== 'number') return undefined;
  const apart = (site: Site) => site.end <= first.start || site.start >= first.end;
  return placed(
    parent,
    (site) => inside(site, around) && site.scope.parent !== undefined && apart(site),
    name,
    read,
    random,
  );
}

/** A call with arguments of the right types in the place of a number, or joined to it. */
function placed(
  parent: Analysis,
  may: (site: Site) => boolean,
  name: string,
  parameters: readonly Binding[],
  random: Random,
): Edit | undefined {
  const sites = parent.sites.filter((each) => each.type === 'number' && each.role === 'plain' && may(each));
  if (sites.length === 0) return undefined;
  const site = random.pick(sites);
  const words = vocabulary(parent, site.scope, site.start, random);
  const given: string[] = [];
  for (const parameter of parameters) {
    const here = resolve(parameter.name, site.scope) === parameter && parameter.from <= site.start;
    const pool = namesOf(parameter.type, words);
    if (here && (pool.length === 0 || random.next() < 0.5)) given.push(parameter.name);
    else if (parameter.type === 'number' && random.next() < 0.3)
      given.push(wrap(growNumber(words, 1, random), level.assignment));
    else if (pool.length > 0) given.push(random.pick(pool));
    else return undefined;
  }
  const call: Expression = { text: `${name}(${given.join(', ')})`, level: level.call };
  const made =
    random.next() < 0.4 ? call : join(slice(parent, site.node), random.pick(['+', '-', '*']), call);
  return { start: site.start, end: site.end, text: wrap(made, site.slot) };
}

function namesOf(type: Type, words: Vocabulary): readonly string[] {
  if (type === 'number') return words.numbers;
  return type === 'boolean'
    ? words.booleans
    : type === 'array'
      ? words.certain
      : type === 'matrix'
        ? words.matrices
        : [];
}

/** Whether it reads names, changes none, and holds nothing that is bound to its place. */
function isLoose(parent: Analysis, site: Site): boolean {
  if (/^(Identifier|Literal)$/.test(site.node.type) || site.scope.parent === undefined) return false;
  if (parent.bound.some((each) => each >= site.start && each < site.end)) return false;
  return !parent.references.some((each) => each.write && inside(each.node, site.node));
}

/** The line of the module that holds a site. */
function topLine(parent: Analysis, site: Site): { readonly node: Node; readonly scope: Scope } | undefined {
  return parent.lines.find((each) => each.scope.parent === undefined && inside(site, each.node));
}

/** Names that an expression reads and that mean nothing at the top of the module. */
function readIn(parent: Analysis, site: Site, root: Scope): readonly Binding[] | undefined {
  const read = new Set<Binding>();
  for (const { node, scope } of parent.references) {
    if (!inside(node, site.node)) continue;
    const binding = resolve(node.name, scope);
    // A name declared inside the expression, such as a parameter of a callback, stays its own.
    if (!binding || resolve(node.name, site.scope) !== binding) continue;
    if (root.bindings.get(node.name) !== binding) read.add(binding);
  }
  return [...read];
}
