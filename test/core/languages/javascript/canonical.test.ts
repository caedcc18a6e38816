import assert from 'node:assert/strict';
import { test } from 'node:test';
import { canonical } from '../../../../core/languages/javascript/canonical.ts';
import { parse } from '../../../../core/languages/javascript/parse.ts';

const of = (text: string, path = 'program.js') =>
  canonical({ [path]: text }, path.endsWith('.ts') ? 'typescript' : 'javascript') as { hash: string };

test('layout, comments, types and names of locals do not matter', () => {
  const one = of('export function f(a) {\n  // doubled\n  const b = a * 2;\n  return b * b;\n}');
  assert.match(one.hash, /^[0-9a-f]{32}$/);
  assert.deepEqual(of('export function f( x ){ const twice = x*2; return twice*twice }'), one);
  assert.deepEqual(
    of('export function f(x: number): number { const y: number = x * 2; return y * y; }', 'program.ts'),
    one,
  );
});

test('a number, an operator or an exported name does matter', () => {
  const one = of('export function f(a) { return a * 2; }');
  for (const text of [
    'export function f(a) { return a * 3; }',
    'export function f(a) { return a + 2; }',
    'export function g(a) { return a * 2; }',
  ]) {
    assert.notDeepEqual(of(text), one);
  }
});

test('an import counts by what it takes from where, not by the name it gets here', () => {
  const one = of("import { dot } from 'atoll/toolbox';\nexport const f = (v) => dot(v, v);");
  assert.deepEqual(of("import { dot as d } from 'atoll/toolbox'; export const f = x => d(x, x)"), one);
  for (const text of [
    "import { axpy } from 'atoll/toolbox'; export const f = (v) => axpy(v, v);",
    "import { dot } from './toolbox.js'; export const f = (v) => dot(v, v);",
    'export const f = (v) => dot(v, v);',
  ])
    assert.notDeepEqual(of(text), one, text);
});

test('other files count as they are', () => {
  const data = (text: string) => canonical({ 'a.js': 'export const a = 1;', 'b.txt': text }, 'javascript');
  assert.notDeepEqual(data('1'), data('1 '));
});

test('a program that does not parse is an error in words', () => {
  assert.match((canonical({ 'a.js': 'return (' }, 'javascript') as { error: string }).error, /^a\.js: /);
  assert.match((parse('let a = 1;\nlet b = ;', 'javascript') as { error: string }).error, /^2:9 /);
  assert.ok('error' in parse('let a = 1; let a = 2;', 'javascript'), 'declared twice');
});

test('offsets count UTF-16 units', () => {
  const text = 'const s = "😀é"; const t = 1;';
  const parsed = parse(text, 'javascript');
  assert.ok('program' in parsed);
  const second = parsed.program.body[1];
  assert.equal(text.slice(second.start, second.end), 'const t = 1;');
});
