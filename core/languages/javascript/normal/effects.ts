import type { Node } from '../parse.ts';
import { children, mutators, type Names, type Variable } from './names.ts';

/** What running a piece of a program reads and changes. */
export interface Effects {
  readonly reads: Set<Variable>;
  readonly writes: Set<Variable>;
  /** Whether it calls a function that may have side effects, or writes to something without a local name. */
  world: boolean;
  /** Whether it may leave the block. */
  jumps: boolean;
  /** Names whose contents it changes, which other names may share. */
  readonly held: Set<Variable>;
  /** Of a function: whether it changes its arguments. */
  spoils: boolean;
}

const pureGlobals =
  /^(?:Math|Number|Array|Object|String|Boolean|isFinite|isNaN|parseInt|parseFloat|BigInt|(?:Big)?(?:Int|Uint|Float)\d+(?:Clamped)?Array|Map|Set|WeakMap|Symbol|Infinity|NaN|undefined)$/;
const pureMethods =
  /^(?:map|filter|slice|reduce|reduceRight|some|every|indexOf|lastIndexOf|includes|concat|join|at|find|findIndex|findLast|findLastIndex|flat|flatMap|forEach|keys|values|entries|has|get|toSorted|toReversed|toSpliced|with|toFixed|toString|charCodeAt|charAt|codePointAt|split|repeat|padStart|padEnd|trim|startsWith|endsWith|substring|subarray|replace|replaceAll|toLowerCase|toUpperCase|localeCompare)$/;

/** What effects are derived from: the variables of names, and those that are inlined. */
interface Reader {
  readonly names: Names;
  readonly inlined: ReadonlySet<Variable>;
  /** The effects of a node. */
  readonly of: (node: Node) => Effects;
}

/** Returns the function that gives a node's effects; `inlined`: the variables that are replaced by their first value. */
export function effectsIn(names: Names, inlined: ReadonlySet<Variable>): (node: Node) => Effects {
  const known = new Map<Node, Effects>();
  const of = (node: Node): Effects => {
    const before = known.get(node);
    if (before) return before;
    const effects = none();
    // A recursion sees the effects found so far.
    known.set(node, effects);
    gather(node, effects, reader);
    if (isRoutine(node)) leave(node, effects);
    return effects;
  };
  const reader: Reader = { names, inlined, of };
  return of;
}

function gather(node: Node, into: Effects, reader: Reader): void {
  own(node, into, reader);
  for (const child of children(node)) {
    if (!/Function|Statement$|^VariableDeclarator$/.test(child.type)) gather(child, into, reader);
    else {
      const effects = reader.of(child);
      merge(into, effects);
      into.world ||= effects.spoils;
    }
  }
}

/** The effects of a node without those of its children. */
function own(node: Node, into: Effects, reader: Reader): void {
  switch (node.type) {
    case 'Identifier': {
      const variable = reader.names.of.get(node);
      if (!variable) return;
      into.reads.add(variable);
      if (reader.inlined.has(variable)) merge(into, reader.of(variable.init!));
      return;
    }
    case 'AssignmentExpression':
      write(node.left, into, reader);
      return;
    case 'UpdateExpression':
      write(node.argument, into, reader);
      return;
    case 'VariableDeclarator':
      write(node.id, into, reader);
      return;
    case 'ForOfStatement':
    case 'ForInStatement':
      write(node.left.declarations?.[0].id ?? node.left, into, reader);
      return;
    case 'UnaryExpression':
      if (node.operator === 'delete') write(node.argument, into, reader);
      return;
    case 'CallExpression':
    case 'NewExpression':
      call(node, into, reader);
      return;
    case 'TaggedTemplateExpression':
    case 'AwaitExpression':
    case 'YieldExpression':
    case 'ImportExpression':
      into.world = true;
      return;
    case 'ReturnStatement':
    case 'BreakStatement':
    case 'ContinueStatement':
    case 'ThrowStatement':
      into.jumps = true;
  }
}

function write(target: Node, into: Effects, reader: Reader): void {
  let root = target;
  while (root.type === 'MemberExpression') root = root.object;
  if (root.type === 'Identifier') {
    const variable = reader.names.of.get(root);
    if (variable) into.writes.add(variable);
    else into.world = true;
    if (variable && root !== target) into.held.add(variable);
  } else if (/Pattern$|^Property$|Element$/.test(root.type))
    for (const each of children(root)) write(each, into, reader);
  else if (!/^(?:Array|Object|New)Expression$/.test(root.type)) into.world ||= root !== target;
}

/** A change of an expression's value, not of a name. */
function change(target: Node | undefined, into: Effects, reader: Reader): void {
  if (!target) return;
  write(target, into, reader);
  const variable = reader.names.of.get(target);
  if (variable) into.held.add(variable);
}

function call(node: Node, into: Effects, reader: Reader): void {
  const callee: Node = node.callee;
  if (callee.type === 'Identifier') {
    const variable = reader.names.of.get(callee);
    if (!variable) into.world ||= !pureGlobals.test(callee.name);
    else if (!reader.inlined.has(variable) || !isRoutine(variable.init!)) into.world = true;
    else if (reader.of(variable.init!).spoils) for (const each of node.arguments) change(each, into, reader);
  } else if (callee.type === 'MemberExpression' && !callee.computed) {
    const name: string = callee.property.name;
    if (callee.object.type === 'Identifier' && !reader.names.of.get(callee.object)) {
      into.world ||= !pureGlobals.test(callee.object.name) || name === 'random';
      if (name === 'assign') change(node.arguments[0], into, reader);
    } else if (mutators.test(name)) change(callee.object, into, reader);
    else into.world ||= !pureMethods.test(name);
  } else into.world ||= !isRoutine(callee);
}

function none(): Effects {
  return { reads: new Set(), writes: new Set(), world: false, jumps: false, held: new Set(), spoils: false };
}

function isRoutine(node: Node): boolean {
  return /Function/.test(node.type);
}

function merge(into: Effects, { reads, writes, world, jumps, held }: Effects): void {
  for (const each of reads) into.reads.add(each);
  for (const each of writes) into.writes.add(each);
  for (const each of held) into.held.add(each);
  into.world ||= world;
  into.jumps ||= jumps;
}

/** A function's effects on its own names end with it; its arguments may be shared. */
function leave(routine: Node, effects: Effects): void {
  effects.jumps = false;
  for (const each of effects.held)
    effects.spoils ||= each.scope.routine === routine && each.role.startsWith('parameter');
  for (const set of [effects.reads, effects.writes, effects.held])
    for (const each of set) if (each.scope.routine === routine) set.delete(each);
}

/** Whether it changes nothing, so that only its value matters. */
export function isPure({ writes, world, jumps }: Effects): boolean {
  return writes.size === 0 && !world && !jumps;
}

/** Whether two pieces of a program must keep their order. */
export function depend(a: Effects, b: Effects): boolean {
  if (a.jumps || b.jumps || (a.world && b.world)) return true;
  return (
    !a.writes.isDisjointFrom(b.writes) ||
    !a.writes.isDisjointFrom(b.reads) ||
    !a.reads.isDisjointFrom(b.writes)
  );
}
