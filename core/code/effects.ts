import { children, mutators, type Names, type Variable } from './names.ts';
import type { Node } from './parse.ts';

/** What running a piece of a program reads and changes. */
export interface Effects {
  readonly reads: Set<Variable>;
  readonly writes: Set<Variable>;
  /** Whether it calls what is not known to be harmless, or writes what has no local name. */
  world: boolean;
  /** Whether it may leave the block. */
  jumps: boolean;
}

const pureGlobals =
  /^(?:Math|Number|Array|Object|String|Boolean|isFinite|isNaN|parseInt|parseFloat|BigInt|(?:Big)?(?:Int|Uint|Float)\d+(?:Clamped)?Array|Map|Set|WeakMap|Symbol|Infinity|NaN|undefined)$/;
const pureMethods =
  /^(?:map|filter|slice|reduce|reduceRight|some|every|indexOf|lastIndexOf|includes|concat|join|at|find|findIndex|findLast|findLastIndex|flat|flatMap|forEach|keys|values|entries|has|get|toSorted|toReversed|toSpliced|with|toFixed|toString|charCodeAt|charAt|codePointAt|split|repeat|padStart|padEnd|trim|startsWith|endsWith|substring|subarray|replace|replaceAll|toLowerCase|toUpperCase|localeCompare)$/;

/** What a node does when it runs. `inlined` are the names that stand for their first value. */
export function effectsOf(node: Node, names: Names, inlined: ReadonlySet<Variable>): Effects {
  const effects: Effects = { reads: new Set(), writes: new Set(), world: false, jumps: false };
  const through = new Set<Variable>();
  const entered = new Set<Node>();
  const called = new Set<Node>();

  const write = (target: Node): void => {
    let root = target;
    while (root.type === 'MemberExpression') root = root.object;
    if (root.type === 'Identifier') {
      const variable = names.of.get(root);
      if (!variable) effects.world = true;
      // What a function does to its own names ends with it; what it is given may be anybody's.
      else if (!entered.has(variable.scope.routine)) effects.writes.add(variable);
      else if (
        root !== target &&
        variable.role.startsWith('parameter') &&
        !called.has(variable.scope.routine)
      )
        effects.world = true;
    } else if (/Pattern$|^Property$|Element$/.test(root.type)) children(root).forEach(write);
    else if (!/^(?:Array|Object|New)Expression$/.test(root.type)) effects.world ||= root !== target;
  };

  const call = (node: Node): void => {
    const callee: Node = node.callee;
    if (callee.type === 'Identifier') {
      const variable = names.of.get(callee);
      if (!variable) {
        effects.world ||= !pureGlobals.test(callee.name);
        return;
      }
      const routine = variable.init;
      if (!inlined.has(variable) || !routine || !/Function/.test(routine.type)) effects.world = true;
      if (routine?.params?.some((each: Node) => changes(each))) node.arguments.forEach(write);
    } else if (callee.type === 'MemberExpression' && !callee.computed) {
      const name: string = callee.property.name;
      if (callee.object.type === 'Identifier' && !names.of.get(callee.object)) {
        effects.world ||= !pureGlobals.test(callee.object.name) || name === 'random';
        if (name === 'assign') write(node.arguments[0]);
      } else if (mutators.test(name)) write(callee.object);
      else effects.world ||= !pureMethods.test(name);
    } else effects.world ||= !/Function/.test(callee.type);
  };

  const changes = (parameter: Node): boolean =>
    parameter.type === 'Identifier' && (names.of.get(parameter)?.writes.length ?? 0) > 0;

  const visit = (each: Node, inside: boolean): void => {
    switch (each.type) {
      case 'Identifier': {
        const variable = names.of.get(each);
        if (!variable) return;
        effects.reads.add(variable);
        if (inlined.has(variable) && !through.has(variable)) {
          through.add(variable);
          called.add(variable.init!);
          visit(variable.init!, true);
        }
        return;
      }
      case 'AssignmentExpression':
        write(each.left);
        break;
      case 'UpdateExpression':
        write(each.argument);
        break;
      case 'VariableDeclarator':
        write(each.id);
        break;
      case 'ForOfStatement':
      case 'ForInStatement':
        write(each.left.declarations?.[0].id ?? each.left);
        break;
      case 'UnaryExpression':
        if (each.operator === 'delete') write(each.argument);
        break;
      case 'CallExpression':
      case 'NewExpression':
        call(each);
        break;
      case 'TaggedTemplateExpression':
      case 'AwaitExpression':
      case 'YieldExpression':
      case 'ImportExpression':
        effects.world = true;
        break;
      case 'ReturnStatement':
      case 'BreakStatement':
      case 'ContinueStatement':
      case 'ThrowStatement':
        effects.jumps ||= !inside;
        break;
    }
    const routine = /Function/.test(each.type);
    if (routine) entered.add(each);
    const within = inside || routine;
    for (const child of children(each)) visit(child, within);
  };
  visit(node, false);
  return effects;
}

/** Whether running it changes nothing, so that it matters only for its value. */
export function isPure({ writes, world, jumps }: Effects): boolean {
  return writes.size === 0 && !world && !jumps;
}

/** Whether two pieces must keep their order. */
export function depend(a: Effects, b: Effects): boolean {
  if (a.jumps || b.jumps || (a.world && b.world)) return true;
  return (
    !a.writes.isDisjointFrom(b.writes) ||
    !a.writes.isDisjointFrom(b.reads) ||
    !a.reads.isDisjointFrom(b.writes)
  );
}
