import { resolve } from '../bindings.ts';
import type { Node } from '../parse.ts';
import { within } from './analysis/scope.ts';
import { changes, holds, namesIn, union } from './analysis/syntax.ts';
import type { Analysis, Binding, Line, Scope } from './analysis/types.ts';
import { inside } from './helpers.ts';
import type { Stretch } from './mutate-range.ts';

const jumps = /^(Return|Break|Continue|Throw)Statement$/;

/** Whether a statement may move at all: loops still terminate, and the last statement of a list stays last. */
export function isMovable(program: Analysis, { node, drives, inFunction }: Line): boolean {
  return (
    inFunction &&
    !drives &&
    !jumps.test(node.type) &&
    !/^(Import|Export|Class|Function|Empty|Labeled)/.test(node.type) &&
    // A statement that begins like this would continue a previous line that has no semicolon.
    !/^[([`+\-/]/.test(program.text.slice(node.start, node.start + 1)) &&
    !program.bound.some((each) => each >= node.start && each < node.end)
  );
}

/**
 * Whether a statement, or a copy of it, may stand before another: every name keeps its meaning there and is declared
 * before it is read, and no loop loses the statement that ends it or gains one that prolongs it.
 */
export function mayStand(program: Analysis, line: Line, before: Line, copied: boolean): boolean {
  const { node } = line;
  const to = before.node;
  if (!before.inFunction || (inside(to, node) && !(copied && to === node))) return false;
  if (functionAround(program, node) !== functionAround(program, to)) return false;
  if (line.scope !== before.scope && holds(node, /^(Break|Continue)Statement$/)) return false;
  for (const loop of before.loops) {
    if (line.loops.includes(loop)) continue;
    const kept = union(
      namesIn(loop.test ?? null),
      union(namesIn(loop.init ?? null), namesIn(loop.right ?? null)),
    );
    if (changes(node, kept)) return false;
  }
  const over = between(node, to);
  if (overEnd(program, line, before, over)) return false;
  const own = declaredIn(program, node);
  const reads = namesRead(program, node);
  if (
    !reads.every(({ name, binding }) => resolve(name, before.scope) === binding && binding.from <= to.start)
  )
    return false;
  if (copied) return own.size === 0;
  return (
    keepsOwn(program, line, before, own) && !leavesUnsettled(program, [...own, ...declaredIn(program, over)])
  );
}

/** Whether the move can change behaviour: the statements between read or write what it writes, or jump. */
export function matters(program: Analysis, line: Line, before: Line): boolean {
  if (line.scope !== before.scope) return true;
  const over = between(line.node, before.node);
  const mine = new Set(namesRead(program, line.node).map(({ binding }) => binding));
  const theirs = new Set(namesRead(program, over).map(({ binding }) => binding));
  for (const each of writtenIn(program, line.node)) if (theirs.has(each)) return true;
  for (const each of writtenIn(program, over)) if (mine.has(each)) return true;
  const passed = program.lines.filter((each) => inside(each.node, over));
  return holds(line.node, jumps) || passed.some((each) => holds(each.node, jumps));
}

/** Names that a range writes to, writes through, or calls methods of. */
export function writtenIn(program: Analysis, stretch: Stretch): ReadonlySet<Binding> {
  const written = new Set<Binding>();
  const add = (name: string, scope: Scope) => {
    const binding = resolve(name, scope);
    if (binding) written.add(binding);
  };
  for (const { node, scope, write } of program.references)
    if (write && inside(node, stretch)) add(node.name, scope);
  for (const { node, key, scope } of program.uses) {
    if (node.type !== 'MemberExpression' || (key !== 'target' && key !== 'callee') || !inside(node, stretch))
      continue;
    let root: Node = node;
    while (root.type === 'MemberExpression') root = root.object;
    if (root.type === 'Identifier') add(root.name, scope);
  }
  return written;
}

/** Names that a range uses and does not declare. */
export function namesRead(
  program: Analysis,
  stretch: Stretch,
): { readonly name: string; readonly binding: Binding; readonly scope: Scope }[] {
  return program.references.flatMap(({ node, scope }) => {
    const binding = inside(node, stretch) ? resolve(node.name, scope) : undefined;
    const at = binding && (program.declaredAt.get(binding) ?? -1);
    const own = at !== undefined && at >= stretch.start && at < stretch.end;
    return binding && !own ? [{ name: node.name as string, binding, scope }] : [];
  });
}

/** The innermost function that holds a node. */
export function functionAround(program: Analysis, node: Stretch): Node | undefined {
  return program.functions.filter((each) => each.node !== node && inside(node, each.node)).at(-1)?.node;
}

function between(node: Node, to: Node): Stretch {
  return to.start < node.start ? { start: to.start, end: node.start } : { start: node.end, end: to.start };
}

/** Whether it would pass the end of its list, or its own jump would pass what drives a loop. */
function overEnd(program: Analysis, line: Line, before: Line, over: Stretch): boolean {
  const passed = program.lines.filter((each) => inside(each.node, over));
  const ends = (each: Line) =>
    jumps.test(each.node.type) && (each.scope === line.scope || each.scope === before.scope);
  return passed.some(ends) || (holds(line.node, jumps) && passed.some((each) => each.drives));
}

function declaredIn(program: Analysis, stretch: Stretch): ReadonlySet<Binding> {
  const found = new Set<Binding>();
  for (const [binding, at] of program.declaredAt)
    if (at >= stretch.start && at < stretch.end) found.add(binding);
  return found;
}

/** Whether what it declares is read only after its new position, and hides nothing there. */
function keepsOwn(program: Analysis, line: Line, before: Line, own: ReadonlySet<Binding>): boolean {
  if (own.size === 0) return true;
  const elsewhere = line.scope !== before.scope;
  for (const { name } of own)
    if (elsewhere && program.bindings.filter((each) => each.name === name).length > 1) return false;
  return program.references.every(({ node, scope }) => {
    const binding = resolve(node.name, scope);
    if (!binding || !own.has(binding) || inside(node, line.node)) return true;
    return node.start >= before.node.start && within(scope, before.scope);
  });
}

/** Whether some of these names are read in a function that may be called before they are declared. */
function leavesUnsettled(program: Analysis, bindings: readonly Binding[]): boolean {
  const all = new Set(bindings);
  return program.references.some(({ node, scope }) => {
    const binding = resolve(node.name, scope);
    if (!binding || !all.has(binding)) return false;
    const at = program.declaredAt.get(binding)!;
    if (node.start < at) return true;
    const holder = functionAround(program, node);
    return holder?.type === 'FunctionDeclaration' && !(at >= holder.start && at < holder.end);
  });
}
