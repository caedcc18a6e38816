import { type Node, parse } from '../../core/languages/javascript/parse.ts';
import { mainFile, type Source, withMain } from '../../core/search/program.ts';
import type { Setting } from './expression.ts';
import { arrayParameters, Scope } from './names.ts';
import { placeOf, Refusal } from './refusal.ts';
import { block, declare, statement } from './statement.ts';

/** Longest program, in characters: room for ideas, not for tables of primes. */
const longest = 2000;

/**
 * The program rewritten so that `entry(n, m, most)` returns `[answer, operations]` and throws beyond `most` operations.
 * All of it runs at each call: nothing is kept from one to the next. The README says what is refused and what an operation
 * is. No text of the program is copied: the result is generated from the known nodes.
 */
export function instrumented(source: Source, entry: string): Source | { readonly refused: string } {
  const { text } = mainFile(source);
  if (Object.keys(source).length !== 1) return { refused: 'expected a program of one file' };
  if (text.length > longest) return { refused: `expected at most ${longest} characters, got ${text.length}` };
  const parsed = parse(text, 'javascript');
  if ('error' in parsed) return { refused: `does not parse: ${parsed.error}` };
  try {
    return withMain(source, wrapped(program(parsed.program, entry), entry));
  } catch (error) {
    if (error instanceof Refusal) return { refused: `${placeOf(text, error.at)} ${error.message}` };
    throw error;
  }
}

/** All statements of the program, in order. */
function program(tree: Node, entry: string): string {
  const body: Node[] = tree.body.map((node: Node) =>
    node.type === 'ExportNamedDeclaration' && node.declaration?.type === 'FunctionDeclaration'
      ? node.declaration
      : node,
  );
  const declarations = body.filter((node) => node.type === 'FunctionDeclaration');
  const scope = new Scope();
  for (const node of declarations) scope.declare(node.id, 'function');
  for (const node of body) declare(node, scope);
  const at: Setting = { scope, parameters: arrayParameters(declarations) };
  const wanted = at.parameters.get(entry);
  if (wanted?.length !== 2 || wanted.includes(true)) {
    throw new Refusal(`expected function ${entry} with two parameters, numbers`, tree);
  }
  return body
    .map((node) => (node.type === 'FunctionDeclaration' ? written(node, at) : statement(node, at)))
    .join('\n');
}

/** A function: it counts its own call, one and one for each argument. */
function written(node: Node, { scope, parameters }: Setting): string {
  const { id, params } = node;
  if (node.async || node.generator) throw new Refusal('expected a plain function', node);
  const inner = new Scope(scope);
  const isArray = parameters.get(id.name)!;
  for (const [k, each] of params.entries()) inner.declare(each, isArray[k] ? 'array' : 'number');
  const names = params.map((each: Node) => each.name).join(', ');
  const count = `if (($count += ${params.length + 1}) > $most) $over();`;
  return `function ${id.name}(${names}) { ${count} ${block(node.body.body, { scope: inner, parameters })} }`;
}

/** No name of a program has a `$`, and what it declares stands where the counter does not look. */
function wrapped(text: string, entry: string): string {
  return `export function ${entry}($n, $m, $most) {
let $count = 0;
const $over = () => { throw new RangeError('passed ' + $most + ' operations'); };
const $size = (bytes, asked) => {
  const length = Math.trunc(+asked);
  if (($count += length > 0 ? 1 + Math.ceil((length * bytes) / 8) : 1) > $most) $over();
  return length;
};
const $answer = (() => {
${text}
return ${entry}($n, $m);
})();
return [$answer, $count];
}
`;
}
