import { boundBy, type Scope as Chain, declaredBy, resolve } from '../bindings.ts';
import type { Node } from '../parse.ts';

/** A loop of a text, with the loop around it. */
export interface Loop {
  readonly start: number;
  readonly end: number;
  readonly outer: Loop | undefined;
}

/** Where a name is declared, read or written. */
export interface Occurrence {
  readonly start: number;
  readonly routine: Node;
  readonly loop: Loop | undefined;
}

/** A local variable of a program: its first value, and where it is read and written. */
export interface Variable {
  readonly scope: Scope;
  /** Its role in its declaration: `let`, `parameter 0`, `each`, or a position in a pattern. */
  readonly role: string;
  readonly init: Node | undefined;
  readonly declared: Occurrence;
  readonly reads: Occurrence[];
  /** Assignments and updates, and calls and assignments that change its contents. */
  readonly writes: (Occurrence & { readonly node: Node })[];
}

/** The names declared in one scope of a program. */
interface Scope extends Chain<Variable> {
  readonly parent: Scope | undefined;
  readonly routine: Node;
  /** The number of functions around it. */
  readonly depth: number;
}

/** The variable of each identifier; a global has none. */
export interface Names {
  readonly of: ReadonlyMap<Node, Variable>;
  readonly all: readonly Variable[];
}

/** Methods that change the object that they are called on. */
export const mutators =
  /^(?:push|pop|shift|unshift|splice|sort|reverse|fill|copyWithin|set|add|delete|clear)$/;

/** The context of a node. */
interface Context {
  readonly scope: Scope;
  readonly loop: Loop | undefined;
}

/** What the walk has found so far. */
interface Found {
  readonly of: Map<Node, Variable>;
  readonly all: Variable[];
}

/** Resolves the names of an ES module without TypeScript in it. */
export function resolveNames(program: Node): Names {
  const found: Found = { of: new Map(), all: [] };
  const top: Context = { scope: open(undefined, program), loop: undefined };
  hoist(found, program.body, top);
  for (const each of program.body) visit(found, each, top);
  return found;
}

function open(parent: Scope | undefined, routine: Node): Scope {
  const depth = parent ? parent.depth + (parent.routine === routine ? 0 : 1) : 0;
  return { bindings: new Map(), parent, routine, depth };
}

function occurrence({ start }: Node, { scope, loop }: Context): Occurrence {
  return { start, routine: scope.routine, loop };
}

function declare(found: Found, pattern: Node | null, at: Context, role: string, value?: Node): void {
  for (const { id, path, fallback } of boundBy(pattern)) {
    const variable: Variable = {
      scope: at.scope,
      role: role + path,
      init: fallback ?? value,
      declared: occurrence(id, at),
      reads: [],
      writes: [],
    };
    at.scope.bindings.set(id.name, variable);
    found.all.push(variable);
  }
}

/** Declares the names of statements before these are walked; imports count as globals. */
function hoist(found: Found, statements: readonly Node[], at: Context): void {
  for (const { pattern, by } of statements.flatMap(declaredBy)) {
    if (by.type === 'VariableDeclarator')
      declare(found, pattern, at, pattern.type === 'Identifier' ? 'let' : 'part', by.init ?? undefined);
    else if (!/^Import/.test(by.type)) declare(found, pattern, at, 'let', by);
  }
}

/** Records that a node writes to a target, or into its contents. */
function write(target: Node, node: Node, at: Context): void {
  let root = target;
  while (root.type === 'MemberExpression') root = root.object;
  if (/Pattern$/.test(root.type)) {
    for (const each of children(root)) write(each.type === 'Property' ? each.value : each, node, at);
    return;
  }
  const variable = root.type === 'Identifier' ? resolve(root.name, at.scope) : undefined;
  variable?.writes.push({ ...occurrence(node, at), node });
}

function visit(found: Found, node: Node, at: Context): void {
  const block = (): Context => ({ scope: open(at.scope, at.scope.routine), loop: at.loop });
  switch (node.type) {
    case 'Identifier': {
      const variable = resolve(node.name, at.scope);
      if (!variable) return;
      found.of.set(node, variable);
      variable.reads.push(occurrence(node, at));
      return;
    }
    case 'FunctionDeclaration':
    case 'FunctionExpression':
    case 'ArrowFunctionExpression':
      visitRoutine(found, node, at);
      return;
    case 'BlockStatement':
    case 'SwitchStatement': {
      const inner = block();
      hoist(found, node.body ?? node.cases.flatMap((each: Node) => each.consequent), inner);
      visitAll(found, children(node), inner);
      return;
    }
    case 'ForStatement':
    case 'ForOfStatement':
    case 'ForInStatement':
    case 'WhileStatement':
    case 'DoWhileStatement':
      visitLoop(found, node, {
        ...block(),
        loop: { start: node.start, end: node.end, outer: at.loop },
      });
      return;
    case 'CatchClause': {
      const inner = block();
      declare(found, node.param, inner, 'caught');
      visitAll(found, children(node), inner);
      return;
    }
    case 'AssignmentExpression':
      write(node.left, node, at);
      break;
    case 'UpdateExpression':
      write(node.argument, node, at);
      break;
    case 'CallExpression':
      if (node.callee.type === 'MemberExpression' && mutators.test(node.callee.property.name))
        write(node.callee.object, node, at);
      break;
  }
  visitAll(found, children(node), at);
}

function visitAll(found: Found, nodes: readonly Node[], at: Context): void {
  for (const each of nodes) visit(found, each, at);
}

function visitRoutine(found: Found, node: Node, at: Context): void {
  const named = node.type === 'FunctionDeclaration' && node.id && resolve(node.id.name, at.scope);
  if (named) found.of.set(node.id, named);
  const inner: Context = { scope: open(at.scope, node), loop: undefined };
  if (node.type === 'FunctionExpression' && node.id) declare(found, node.id, inner, 'let', node);
  for (const [i, each] of node.params.entries()) declare(found, each, inner, `parameter ${i}`);
  visitAll(found, node.params, inner);
  const body: readonly Node[] | undefined = node.body.type === 'BlockStatement' ? node.body.body : undefined;
  if (body) hoist(found, body, inner);
  visitAll(found, body ?? [node.body], inner);
}

function visitLoop(found: Found, node: Node, at: Context): void {
  if (node.init?.type === 'VariableDeclaration') hoist(found, [node.init], at);
  if (node.left?.type === 'VariableDeclaration')
    declare(found, node.left.declarations[0].id, at, 'each', node.right);
  else if (node.left) write(node.left, node, at);
  visitAll(found, children(node), at);
}

/**
 * The child nodes of a node, without names that name no variable. Iterates over the node's own keys, which have the
 * order of the parser's `visitorKeys`, without those of TypeScript: looking these up made a sketch 5 to 10 % slower.
 */
export function children(node: Node): Node[] {
  const result: Node[] = [];
  for (const key in node) {
    const value = node[key];
    if (value === null || typeof value !== 'object') continue;
    if ((key === 'property' || key === 'key') && !node.computed) continue;
    if (key === 'label' || key === 'exported') continue;
    if (Array.isArray(value)) {
      for (const each of value) if (typeof each?.type === 'string') result.push(each);
    } else if (typeof value.type === 'string') result.push(value);
  }
  return result;
}
