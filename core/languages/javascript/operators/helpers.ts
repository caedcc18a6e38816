import { resolve } from '../bindings.ts';
import type { Node } from '../parse.ts';
import type { Analysis, Binding, Scope, Type } from './analysis/types.ts';
import type { Stretch } from './mutate-range.ts';

/** A function that a program calls by its name: every function except the entry. */
export interface Helper {
  readonly name: string;
  /** Its declaration, without `export`. */
  readonly declaration: Node;
  /** The name, where it is declared. */
  readonly id: Node;
  readonly node: Node;
  readonly exported: boolean;
  readonly binding: Binding;
  readonly calls: readonly Invocation[];
  /** Every use of its name is one of those calls. */
  readonly onlyCalled: boolean;
  readonly returns: Type;
}

/** A call of a function by its name. */
export interface Invocation {
  /** The call, and the name in it. */
  readonly node: Node;
  readonly callee: Node;
  readonly scope: Scope;
}

/** The helpers of a program that may change. */
export function helpersOf(program: Analysis, entry: string): Helper[] {
  return program.lines.flatMap((line): Helper[] => {
    const declaration: Node = line.node.declaration ?? line.node;
    const held = declaration.type === 'VariableDeclaration' ? declaration.declarations : [];
    const variable: Node | undefined =
      held.length === 1 && declaration.kind === 'const' ? held[0] : undefined;
    const node: Node | undefined = declaration.type === 'FunctionDeclaration' ? declaration : variable?.init;
    const id: Node | undefined = variable ? variable.id : declaration.id;
    if (!node || !/Function/.test(node.type) || id?.type !== 'Identifier' || id.name === entry) return [];
    const binding = resolve(id.name, line.scope);
    if (!binding || binding.assigned || node.async || node.generator) return [];
    const calls = program.uses
      .filter(
        (each) =>
          each.key === 'callee' &&
          each.under.type === 'CallExpression' &&
          each.node.name === id.name &&
          resolve(id.name, each.scope) === binding,
      )
      .map((each) => ({ node: each.under, callee: each.node, scope: each.scope }));
    const references = program.references.filter(
      (each) => each.node.name === id.name && resolve(id.name, each.scope) === binding,
    );
    const returns = program.routines.find((each) => each.node === node)?.returns ?? 'unknown';
    const { name } = id;
    const exported = line.node !== declaration;
    const onlyCalled = references.length === calls.length;
    return [{ name, declaration, id, node, exported, binding, calls, onlyCalled, returns }];
  });
}

/** Whether a stretch of text lies inside another, or is it. */
export function inside(stretch: Stretch, outer: Stretch): boolean {
  return stretch.start >= outer.start && stretch.end <= outer.end;
}

/** Whether a function has one parameter without parentheses: `x => x`. */
export function isBare(node: Node): boolean {
  return node.type === 'ArrowFunctionExpression' && node.start === node.params[0]?.start;
}
