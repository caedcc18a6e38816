import assert from 'node:assert/strict';
import { test } from 'node:test';
import { boundBy, declaredBy, resolve, type Scope } from '../../../../core/languages/javascript/bindings.ts';
import { type Node, parse } from '../../../../core/languages/javascript/parse.ts';

function statements(text: string): Node[] {
  const parsed = parse(text, 'typescript');
  assert.ok('program' in parsed, text);
  return parsed.program.body;
}

const bound = (pattern: string): string[] => {
  const [statement] = statements(`const ${pattern} = 0;`);
  return boundBy(statement!.declarations[0].id).map(({ id, path, fallback }) =>
    [`${id.name}${path}`, fallback?.raw].filter(Boolean).join(' = '),
  );
};

test('a pattern binds its names in order, and none of its keys or defaults', () => {
  assert.deepEqual(bound('a'), ['a']);
  assert.deepEqual(bound('[a, , b = c, ...[d]]'), ['a 0', 'b 2 or', 'd 3 rest 0']);
  assert.deepEqual(bound('{ a, b: { c: d = e }, [f]: g, "h": i }'), ['a .a', 'd .b .c or', 'g .f', 'i .h']);
});

test('a name has the innermost default around it', () => {
  assert.deepEqual(bound('[[a, b = 2] = 1, c]'), ['a 0 or 0 = 1', 'b 0 or 1 or = 2', 'c 1']);
});

test('the target of an assignment is read as a pattern is, and what it sets in objects is no name', () => {
  const [statement] = statements('[a, b.c, (d)] = [1, 2, 3];');
  assert.deepEqual(
    boundBy(statement!.expression.left).map(({ id }) => id.name),
    ['a', 'd'],
  );
});

test('a parameter that is also a property binds its name', () => {
  const [statement] = statements('class A { constructor(private x: number, readonly y = 1) {} }');
  const { params } = statement!.body.body[0].value;
  assert.deepEqual(
    params.flatMap((each: Node) => boundBy(each)).map(({ id }: { id: Node }) => id.name),
    ['x', 'y'],
  );
});

test('statements declare the same with `export` before them, and re-exports declare nothing', () => {
  const declared = (text: string): string[] =>
    statements(text)
      .flatMap(declaredBy)
      .map(({ pattern, by }) => `${by.type} ${pattern.name ?? pattern.type}`);
  for (const before of ['', 'export '])
    assert.deepEqual(
      declared(`${before}const a = 1, [b] = [2]; ${before}function f() {} ${before}class C {}`),
      [
        'VariableDeclarator a',
        'VariableDeclarator ArrayPattern',
        'FunctionDeclaration f',
        'ClassDeclaration C',
      ],
    );
  assert.deepEqual(declared("import d, { e as g } from './x.js'; import * as h from './x.js';"), [
    'ImportDefaultSpecifier d',
    'ImportSpecifier g',
    'ImportNamespaceSpecifier h',
  ]);
  assert.deepEqual(declared("export { a } from './x.js'; export default 3; { const inner = 1; }"), []);
});

test('a name means what the nearest scope binds it to', () => {
  const outer: Scope<number> = {
    parent: undefined,
    bindings: new Map([
      ['a', 1],
      ['b', 2],
    ]),
  };
  const scope: Scope<number> = { parent: outer, bindings: new Map([['a', 3]]) };
  assert.deepEqual(
    ['a', 'b', 'c'].map((name) => resolve(name, scope)),
    [3, 2, undefined],
  );
});
