import { type Node, parse } from '../../../core/languages/javascript/parse.ts';

/** Answer and operations of a program of kernel-speed, walked node by node as the README prices it; nothing is instrumented. */
export function walked(
  text: string,
  entry: string,
  n: number,
  m: number,
): [answer: unknown, operations: number] {
  const parsed = parse(text, 'javascript');
  if ('error' in parsed) throw new Error(parsed.error);
  let operations = 0;
  const pay = (cost: number) => {
    operations += cost;
    if (operations > 200_000) throw new RangeError('too many');
  };
  class Leave {
    readonly how: string;
    readonly value: unknown;
    constructor(how: string, value?: unknown) {
      this.how = how;
      this.value = value;
    }
  }
  type Names = { readonly values: Map<string, any>; readonly outer?: Names };
  const find = (name: string, at: Names): Map<string, any> => {
    for (let each: Names | undefined = at; each; each = each.outer)
      if (each.values.has(name)) return each.values;
    throw new ReferenceError(name);
  };
  const infix: Record<string, (a: any, b: any) => unknown> = Object.fromEntries(
    '+ - * / % ** & | ^ << >> >>> < <= > >= == != === !=='
      .split(' ')
      .map((sign) => [sign, new Function('a', 'b', `return a ${sign} b`) as (a: any, b: any) => unknown]),
  );
  const bare = (node: Node): Node => (node.type === 'ParenthesizedExpression' ? bare(node.expression) : node);

  const plus = (was: any, step: number): number => {
    pay(1);
    return +was + step;
  };

  /** Reads what is assigned to, changes it, stores it. */
  const store = (given: Node, at: Names, change: (old: any) => any, keeps: boolean, old = false): unknown => {
    const node = bare(given);
    const [owner, key] =
      node.type === 'Identifier'
        ? [find(node.name, at), node.name]
        : [find(node.object.name, at).get(node.object.name), value(node.property, at)];
    const isName = node.type === 'Identifier';
    const was = isName ? owner.get(key) : owner[key];
    if (keeps && !isName) pay(1);
    const now = change(was);
    pay(1);
    if (isName) owner.set(key, now);
    else owner[key] = now;
    // What `x++` gives is a number, whatever x was.
    return old ? +was : now;
  };

  const value = (node: Node, at: Names): any => {
    switch (node.type) {
      case 'ParenthesizedExpression':
        return value(node.expression, at);
      case 'Literal':
        return node.value;
      case 'Identifier':
        return node.name === 'NaN'
          ? NaN
          : node.name === 'Infinity'
            ? Infinity
            : find(node.name, at).get(node.name);
      case 'BinaryExpression': {
        const [a, b] = [value(node.left, at), value(node.right, at)];
        pay(1);
        return infix[node.operator]!(a, b);
      }
      case 'UnaryExpression': {
        const a = value(node.argument, at);
        pay(1);
        return node.operator === '-' ? -a : node.operator === '+' ? +a : node.operator === '!' ? !a : ~a;
      }
      case 'LogicalExpression': {
        const a = value(node.left, at);
        pay(1);
        return (node.operator === '&&' ? a : !a) ? value(node.right, at) : a;
      }
      case 'ConditionalExpression': {
        const a = value(node.test, at);
        pay(1);
        return value(a ? node.consequent : node.alternate, at);
      }
      case 'SequenceExpression':
        return node.expressions.map((each: Node) => value(each, at)).at(-1);
      case 'AssignmentExpression': {
        const sign = node.operator.slice(0, -1);
        if (!sign) return store(node.left, at, () => value(node.right, at), false);
        return store(
          node.left,
          at,
          (was) => {
            const right = value(node.right, at);
            pay(1);
            return infix[sign]!(was, right);
          },
          true,
        );
      }
      case 'UpdateExpression': {
        const step = node.operator === '++' ? 1 : -1;
        return store(node.argument, at, (was) => plus(was, step), true, !node.prefix);
      }
      case 'MemberExpression': {
        const array = find(node.object.name, at).get(node.object.name);
        const key = node.computed ? value(node.property, at) : 'length';
        pay(1);
        return array[key];
      }
      case 'CallExpression': {
        if (node.callee.type === 'MemberExpression') {
          const given = node.arguments.map((each: Node) => value(each, at));
          pay(Math.max(1, given.length));
          return (Math as any)[node.callee.property.name](...given);
        }
        const called = find(node.callee.name, at).get(node.callee.name);
        return called(...node.arguments.map((each: Node) => value(each, at)));
      }
      case 'NewExpression': {
        const length = Math.trunc(+value(node.arguments[0], at));
        const kind = (globalThis as any)[node.callee.name];
        pay(1 + (length > 0 ? Math.ceil((length * kind.BYTES_PER_ELEMENT) / 8) : 0));
        return new kind(length);
      }
    }
    throw new Error(node.type);
  };

  const round = (body: Node, at: Names): boolean => {
    try {
      run(body, { values: new Map(), outer: at });
    } catch (left) {
      if (!(left instanceof Leave) || left.how === 'return') throw left;
      return left.how === 'continue';
    }
    return true;
  };
  const holds = (test: Node | null, at: Names): boolean => {
    const answer = test ? value(test, at) : true;
    pay(1);
    return answer;
  };
  const run = (node: Node, at: Names): void => {
    switch (node.type) {
      case 'ExportNamedDeclaration':
      case 'FunctionDeclaration':
      case 'EmptyStatement':
        return;
      case 'BlockStatement': {
        const inner: Names = { values: new Map(), outer: at };
        for (const each of node.body) run(each, inner);
        return;
      }
      case 'ExpressionStatement':
        value(node.expression, at);
        return;
      case 'VariableDeclaration':
        for (const { id, init } of node.declarations) {
          const made = init ? value(init, at) : undefined;
          if (init) pay(1);
          at.values.set(id.name, made);
        }
        return;
      case 'IfStatement': {
        const chosen = holds(node.test, at) ? node.consequent : node.alternate;
        if (chosen) run(chosen, at);
        return;
      }
      case 'WhileStatement':
        while (holds(node.test, at) && round(node.body, at));
        return;
      case 'DoWhileStatement':
        while (round(node.body, at) && holds(node.test, at));
        return;
      case 'ForStatement': {
        const inner: Names = { values: new Map(), outer: at };
        if (node.init?.type === 'VariableDeclaration') run(node.init, inner);
        else if (node.init) value(node.init, inner);
        while (holds(node.test, inner) && round(node.body, inner)) if (node.update) value(node.update, inner);
        return;
      }
      case 'BreakStatement':
        throw new Leave('break');
      case 'ContinueStatement':
        throw new Leave('continue');
      case 'ReturnStatement':
        throw new Leave('return', node.argument ? value(node.argument, at) : undefined);
    }
    throw new Error(node.type);
  };

  const top: Names = { values: new Map() };
  for (const each of parsed.program.body) {
    const node = each.declaration ?? each;
    if (node.type !== 'FunctionDeclaration') continue;
    top.values.set(node.id.name, (...given: any[]) => {
      pay(1 + given.length);
      const names: Names = {
        values: new Map(node.params.map((each: Node, k: number) => [each.name, given[k]])),
        outer: top,
      };
      try {
        run(node.body, names);
      } catch (left) {
        if (left instanceof Leave && left.how === 'return') return left.value;
        throw left;
      }
      return undefined;
    });
  }
  for (const each of parsed.program.body) run(each, top);
  return [top.values.get(entry)(n, m), operations];
}
