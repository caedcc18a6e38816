import { type Node, parse } from '../../core/languages/javascript/parse.ts';
import { plain } from './plain.ts';

/** One test of a task as data: what the function is given and what it is to answer. */
export interface Test {
  readonly args: readonly unknown[];
  readonly expected: unknown;
}

/**
 * Tests from the text of a HumanEval test in JavaScript, read and never run: `var arg0 = ...; var x0 = f(arg0); var v0 = ...;`.
 * Left out: those whose arguments or answer are not plain data, and a second one with the same arguments.
 */
export function testsIn(text: string, entry: string): Test[] {
  const parsed = parse(text, 'javascript');
  if ('error' in parsed) return [];
  const data = new Map<string, { readonly value: unknown } | undefined>();
  const calls = new Map<string, readonly unknown[]>();
  const tests = new Map<string, Test>();
  for (const { id, init } of declarators(parsed.program)) {
    const args = argsOf(init, entry, data);
    if (args) calls.set(id.name, args);
    else data.set(id.name, plain(init));
    const asked = calls.get(id.name.replace(/^v/, 'x'));
    const answer = data.get(id.name);
    if (!/^v\d+$/.test(id.name) || !asked || !answer) continue;
    const key = JSON.stringify(asked);
    if (!tests.has(key)) tests.set(key, { args: asked, expected: answer.value });
  }
  return [...tests.values()];
}

/** Variables with a plain name and a value, in order. */
function declarators(program: Node): Node[] {
  const found: Node[] = program.body.flatMap((node: Node) =>
    node.type === 'VariableDeclaration' ? node.declarations : [],
  );
  return found.filter(({ id, init }) => id.type === 'Identifier' && init);
}

/** Arguments of a call of the task's function, all of them plain data or names of such. */
function argsOf(
  node: Node,
  entry: string,
  data: ReadonlyMap<string, { readonly value: unknown } | undefined>,
): unknown[] | undefined {
  if (node.type !== 'CallExpression' || node.callee.type !== 'Identifier' || node.callee.name !== entry)
    return undefined;
  const args: ({ readonly value: unknown } | undefined)[] = node.arguments.map((each: Node) =>
    each.type === 'Identifier' ? data.get(each.name) : plain(each),
  );
  return args.every((each) => each !== undefined) ? args.map((each) => each.value) : undefined;
}
