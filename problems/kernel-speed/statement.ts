import type { Node } from '../../core/languages/javascript/parse.ts';
import { counted, newArray, type Setting, type Written, write } from './expression.ts';
import { Scope } from './names.ts';
import { Refusal } from './refusal.ts';

/**
 * Writes a statement so that it counts what it takes, before it does it.
 * @throws Refusal for one that is not part of the language.
 */
export function statement(node: Node, at: Setting): string {
  switch (node.type) {
    case 'EmptyStatement':
      return ';';
    case 'BlockStatement':
      return block(node.body, at);
    case 'ExpressionStatement':
      return `${counted(write(node.expression, at))};`;
    case 'VariableDeclaration':
      return `${declaration(node, at)};`;
    case 'IfStatement': {
      const other = node.alternate ? ` else ${body(node.alternate, at)}` : '';
      return `if (${counted(branch(write(node.test, at)))}) ${body(node.consequent, at)}${other}`;
    }
    case 'WhileStatement':
      return `while (${test(node.test, at)}) ${body(node.body, at)}`;
    case 'DoWhileStatement':
      return `do ${body(node.body, at)} while (${test(node.test, at)});`;
    case 'ForStatement':
      return loop(node, { ...at, scope: new Scope(at.scope) });
    case 'BreakStatement':
    case 'ContinueStatement':
      if (node.label) break;
      return node.type === 'BreakStatement' ? 'break;' : 'continue;';
    case 'ReturnStatement':
      return node.argument ? `return ${counted(write(node.argument, at))};` : 'return;';
  }
  throw new Refusal(`${node.type} is not part of this language here`, node);
}

/** Statements in a scope of their own. */
export function block(body: readonly Node[], at: Setting): string {
  const inner = { ...at, scope: new Scope(at.scope) };
  for (const node of body) declare(node, inner.scope);
  return `{ ${body.map((node) => statement(node, inner)).join(' ')} }`;
}

/** Makes the names of a declaration known, so that what stands before it cannot mean another. */
export function declare(node: Node | null, scope: Scope): void {
  if (node?.type !== 'VariableDeclaration') return;
  if (node.kind !== 'let' && node.kind !== 'const')
    throw new Refusal(`expected let or const, got ${node.kind}`, node);
  for (const { id, init } of node.declarations) scope.declare(id, isNew(init) ? 'array' : 'number');
}

/** A declaration whose names are known. */
function declaration(node: Node, at: Setting): string {
  const parts = node.declarations.map(({ id, init }: Node) => {
    if (!init) return id.name;
    const made = isNew(init) ? newArray(init, at) : write(init, at);
    return `${id.name} = ${counted({ text: made.text, cost: made.cost + 1 })}`;
  });
  return `${node.kind} ${parts.join(', ')}`;
}

/** The one place where `new` may stand. */
function isNew(init: Node | null): boolean {
  return init?.type === 'NewExpression';
}

/** A declaration needs a block of its own. */
function body(node: Node, at: Setting): string {
  return node.type === 'BlockStatement' ? statement(node, at) : block([node], at);
}

function loop(node: Node, at: Setting): string {
  declare(node.init, at.scope);
  const { init, update } = node;
  const first = !init
    ? ''
    : init.type === 'VariableDeclaration'
      ? declaration(init, at)
      : counted(write(init, at));
  const next = update ? counted(write(update, at)) : '';
  return `for (${first}; ${test(node.test, at)}; ${next}) ${body(node.body, at)}`;
}

/** A loop's test, where a program that has used up its operations ends: every round comes by. */
function test(node: Node | null, at: Setting): string {
  const { text, cost } = branch(node ? write(node, at) : { text: 'true', cost: 0 });
  return `($count += ${cost}) > $most ? $over() : ${text}`;
}

function branch({ text, cost }: Written): Written {
  return { text, cost: cost + 1 };
}
