import type { Language } from '../problem.ts';
import { kindsByUse } from './kinds.ts';
import { boundBy, childrenOf, type Kind, type Name } from './names.ts';
import { type Node, parse } from './parse.ts';
import { placeOf } from './place.ts';
import { regionsOf, type Span } from './regions.ts';

/** A place in a program that may be given another expression or statement. */
export interface Site {
  readonly node: Node;
  readonly parent: Site | undefined;
  /** Where it hangs in the parent's node; `index` is -1 outside lists. */
  readonly key: string;
  readonly index: number;
  /** What can be read there. */
  readonly scope: readonly Name[];
  /** What an expression there gives; of no use for statements. */
  readonly kind: Kind;
  /** A statement or a value can be replaced; anything else is only on the way to one. */
  readonly role: 'statement' | 'value' | 'other';
  /** In the head of a loop or in an index, where little can be changed without harm. */
  readonly delicate: boolean;
}

/** What makes a function the one that is called from outside, and what is known of its parameters. */
export interface Entry {
  readonly name: string;
  /** What a parameter of it is, where the code does not tell. */
  parameter(name: string): Kind;
}

type Walk = (site: Site, names: readonly Name[], uses: ReadonlyMap<string, Kind>) => void;

/** The places within the regions of a program, in the order of the text; none if it does not parse. */
export function sitesOf(text: string, language: Language, entry: Entry): readonly Site[] {
  const parsed = parse(text, language);
  if ('error' in parsed) return [];
  const sites: Site[] = [];
  const regions = regionsOf(text);
  const walk: Walk = (site, scope, uses) => {
    if (site.role !== 'other' && within(statementOf(site).node, regions)) sites.push(site);
    for (const [child, names, kinds] of below(site, scope, uses, entry)) {
      walk(placeOf(site, child, names), names, kinds);
    }
  };
  const root: Site = {
    node: parsed.program,
    parent: undefined,
    key: '',
    index: -1,
    scope: [],
    kind: 'unknown',
    role: 'other',
    delicate: false,
  };
  walk(root, [], kindsByUse(parsed.program));
  return sites;
}

/** The statement around a site, or the site itself. */
export function statementOf(site: Site): Site {
  let at = site;
  while (at.role !== 'statement' && at.parent) at = at.parent;
  return at;
}

function within(node: Node, regions: readonly Span[]): boolean {
  return regions.some(({ start, end }) => node.start >= start && node.end <= end);
}

type Child = readonly [string, number, Node];
type Below = readonly [child: Child, scope: readonly Name[], uses: ReadonlyMap<string, Kind>];

/** The children of a site, each with the names that it can read. */
function* below(
  site: Site,
  scope: readonly Name[],
  uses: ReadonlyMap<string, Kind>,
  entry: Entry,
): Generator<Below> {
  const { node } = site;
  if (/Function/.test(node.type)) {
    const own = kindsByUse(node);
    const isEntry = nameOf(site) === entry.name;
    const params = boundBy({ type: 'ArrayPattern', elements: node['params'], start: 0, end: 0 }).map(
      ({ name }): Name => {
        const kind = own.get(name) ?? (isEntry ? entry.parameter(name) : 'unknown');
        return { name, kind, mutable: true };
      },
    );
    const inner = add(scope, params);
    for (const child of childrenOf(node)) if (child[0] === 'body') yield [child, inner, own];
    return;
  }
  let names = isScope(node) ? add(scope, [], hoisted(node)) : scope;
  if (isScope(node)) names = add(names, functionsOf(node));
  for (const child of childrenOf(node)) {
    yield [child, names, uses];
    names = add(names, declaredBy(child[2], uses));
  }
}

function isScope({ type }: Node): boolean {
  return /^(Program|BlockStatement|StaticBlock|SwitchStatement|For\w*Statement|CatchClause)$/.test(type);
}

/** The name that a function goes by. */
function nameOf(site: Site): string | undefined {
  return site.node['id']?.name ?? site.parent?.node['id']?.name;
}

const unexported = (node: Node): Node =>
  /^Export(Named|Default)Declaration$/.test(node.type) ? (node['declaration'] ?? node) : node;

/** What a child of a scope declares for those after it. */
function declaredBy(child: Node, uses: ReadonlyMap<string, Kind>): Name[] {
  const node = unexported(child);
  switch (node.type) {
    case 'VariableDeclaration':
      return node['declarations'].flatMap((each: Node) => declaredBy({ ...each, constant: node['kind'] === 'const' }, uses));
    case 'VariableDeclarator':
      return boundBy(node['id']).map(({ name }) => ({
        name,
        kind: isFunction(node['init']) ? 'function' : (uses.get(name) ?? 'unknown'),
        mutable: node['constant'] === false,
      }));
    case 'ImportDeclaration':
      return node['specifiers'].map((each: Node) => ({ name: each['local'].name, kind: 'unknown', mutable: false }));
    case 'ClassDeclaration':
      return [{ name: node['id']?.name ?? '', kind: 'unknown', mutable: false }];
    case 'Identifier':
    case 'ArrayPattern':
    case 'ObjectPattern':
      return [];
    default:
      return [];
  }
}

function isFunction(node: Node | null | undefined): boolean {
  return node?.type === 'ArrowFunctionExpression' || node?.type === 'FunctionExpression';
}

function membersOf(node: Node): Node[] {
  if (node.type === 'SwitchStatement') return node['cases'].flatMap((each: Node) => each['consequent']);
  return Array.isArray(node['body']) ? node['body'].map(unexported) : [];
}

/** Names that shadow outer ones from the start of a scope, though they cannot be read until declared. */
function hoisted(node: Node): string[] {
  return membersOf(node).flatMap((each) =>
    each.type === 'VariableDeclaration'
      ? each['declarations'].flatMap((one: Node) => boundBy(one['id']).map((id) => id['name']))
      : each.type === 'ClassDeclaration' ? [each['id']?.name] : [],
  );
}

function functionsOf(node: Node): Name[] {
  return membersOf(node)
    .filter((each) => each.type === 'FunctionDeclaration' && each['id'])
    .map((each) => ({ name: each['id'].name, kind: 'function', mutable: false }));
}

/** Inner names hide outer ones. */
function add(scope: readonly Name[], names: readonly Name[], gone: readonly string[] = []): readonly Name[] {
  if (names.length === 0 && gone.length === 0) return scope;
  const hidden = new Set([...gone, ...names.map((each) => each.name)]);
  return [...scope.filter((each) => !hidden.has(each.name)), ...names];
}
