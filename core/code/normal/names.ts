import type { Node } from '../parse.ts';

/** A loop of a text with the loop around it: what runs again before what stands above it in the loop. */
export interface Loop {
  readonly start: number;
  readonly end: number;
  readonly outer: Loop | undefined;
}

/** Where a name is declared, read or written. */
export interface Place {
  readonly start: number;
  readonly routine: Node;
  readonly loop: Loop | undefined;
}

/** A local name of a program: what it begins as, and where it is read and written. */
export interface Variable {
  readonly scope: Scope;
  /** What it is to its declaration: `let`, `parameter 0`, `each`, a place in a pattern. */
  readonly role: string;
  readonly init: Node | undefined;
  readonly declared: Place;
  readonly reads: Place[];
  /** Assignments and updates, and calls and assignments that change what it holds. */
  readonly writes: (Place & { readonly node: Node })[];
}

/** The names declared in a stretch of a program. */
export interface Scope {
  readonly names: Map<string, Variable>;
  readonly outer: Scope | undefined;
  readonly routine: Node;
  readonly depth: number;
}

/** Which variable each identifier stands for; a global stands for none. */
export interface Names {
  readonly of: ReadonlyMap<Node, Variable>;
  readonly all: readonly Variable[];
}

/** Methods that change the object that they are called on. */
export const mutators =
  /^(?:push|pop|shift|unshift|splice|sort|reverse|fill|copyWithin|set|add|delete|clear)$/;

type Setting = { readonly scope: Scope; readonly loop: Loop | undefined };

/** Resolves the names of an ES module without TypeScript in it. */
export function resolveNames(program: Node): Names {
  const of = new Map<Node, Variable>();
  const all: Variable[] = [];

  const open = (outer: Scope | undefined, routine: Node): Scope => ({
    names: new Map(),
    outer,
    routine,
    depth: outer ? outer.depth + (outer.routine === routine ? 0 : 1) : 0,
  });

  const declare = (pattern: Node | null, at: Setting, role: string, init?: Node): void => {
    if (!pattern) return;
    if (pattern.type === 'Identifier') {
      const place = { start: pattern.start, routine: at.scope.routine, loop: at.loop };
      const variable: Variable = { scope: at.scope, role, init, declared: place, reads: [], writes: [] };
      at.scope.names.set(pattern.name, variable);
      all.push(variable);
    } else if (pattern.type === 'AssignmentPattern') declare(pattern.left, at, `${role} or`, pattern.right);
    else if (pattern.type === 'RestElement') declare(pattern.argument, at, `${role} rest`, init);
    else if (pattern.type === 'ArrayPattern')
      pattern.elements.forEach((each: Node | null, i: number) => {
        declare(each, at, `${role} ${i}`, init);
      });
    else if (pattern.type === 'ObjectPattern')
      for (const each of pattern.properties)
        declare(each.value ?? each.argument, at, `${role} .${each.key?.name ?? each.key?.value}`, init);
  };

  const declareIn = (statements: readonly Node[], at: Setting): void => {
    for (const each of statements) {
      const node: Node = each.declaration ?? each;
      if (node.type === 'VariableDeclaration')
        for (const one of node.declarations)
          declare(one.id, at, one.id.type === 'Identifier' ? 'let' : 'part', one.init ?? undefined);
      else if (/^(?:Function|Class)Declaration$/.test(node.type) && node.id)
        declare(node.id, at, 'let', node);
    }
  };

  const find = (name: string, scope: Scope | undefined): Variable | undefined => {
    for (let each = scope; each; each = each.outer) {
      const found = each.names.get(name);
      if (found) return found;
    }
    return undefined;
  };

  const write = (target: Node, node: Node, at: Setting): void => {
    let root = target;
    while (root.type === 'MemberExpression') root = root.object;
    if (/Pattern$/.test(root.type)) {
      for (const each of children(root)) write(each.type === 'Property' ? each.value : each, node, at);
      return;
    }
    const variable = root.type === 'Identifier' ? find(root.name, at.scope) : undefined;
    variable?.writes.push({ start: node.start, routine: at.scope.routine, loop: at.loop, node });
  };

  const visit = (node: Node, at: Setting): void => {
    const inner = (): Setting => ({ scope: open(at.scope, at.scope.routine), loop: at.loop });
    const visitAll = (setting: Setting) => {
      for (const each of children(node)) visit(each, setting);
    };
    switch (node.type) {
      case 'Identifier': {
        const variable = find(node.name, at.scope);
        if (!variable) return;
        of.set(node, variable);
        variable.reads.push({ start: node.start, routine: at.scope.routine, loop: at.loop });
        return;
      }
      case 'FunctionDeclaration':
      case 'FunctionExpression':
      case 'ArrowFunctionExpression': {
        const named = node.type === 'FunctionDeclaration' && node.id && find(node.id.name, at.scope);
        if (named) of.set(node.id, named);
        const own: Setting = { scope: open(at.scope, node), loop: undefined };
        if (node.type === 'FunctionExpression' && node.id) declare(node.id, own, 'let', node);
        node.params.forEach((each: Node, i: number) => {
          declare(each, own, `parameter ${i}`);
        });
        for (const each of node.params) visit(each, own);
        if (node.body.type === 'BlockStatement') declareIn(node.body.body, own);
        if (node.body.type === 'BlockStatement') for (const each of node.body.body) visit(each, own);
        else visit(node.body, own);
        return;
      }
      case 'BlockStatement':
      case 'SwitchStatement': {
        const own = inner();
        declareIn(node.body ?? node.cases.flatMap((each: Node) => each.consequent), own);
        visitAll(own);
        return;
      }
      case 'ForStatement':
      case 'ForOfStatement':
      case 'ForInStatement':
      case 'WhileStatement':
      case 'DoWhileStatement': {
        const own = { ...inner(), loop: { start: node.start, end: node.end, outer: at.loop } };
        if (node.init?.type === 'VariableDeclaration') declareIn([node.init], own);
        if (node.left?.type === 'VariableDeclaration')
          declare(node.left.declarations[0].id, own, 'each', node.right);
        else if (node.left) write(node.left, node, own);
        visitAll(own);
        return;
      }
      case 'CatchClause': {
        const own = inner();
        declare(node.param, own, 'caught');
        visitAll(own);
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
    visitAll(at);
  };

  const top: Setting = { scope: open(undefined, program), loop: undefined };
  declareIn(program.body, top);
  for (const each of program.body) visit(each, top);
  return { of, all };
}

/** The nodes right below a node, but for names that name no variable. */
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
