import assert from 'node:assert/strict';
import { test } from 'node:test';
import vm from 'node:vm';
import { deepest, tooDeep } from '../../../../../core/languages/javascript/guard.ts';
import { scriptOf } from '../../../../../core/languages/javascript/script/module.ts';

/** What the entry answers, run as a script. */
function answer(text: string, ...given: unknown[]): unknown {
  const made = scriptOf({ 'p.js': text }, 'javascript', 'f');
  if ('refused' in made) throw new Error(made.refused);
  return vm.runInThisContext(made.script)(...given);
}

const refusal = (text: string, language: 'javascript' | 'typescript' = 'javascript') => {
  const made = scriptOf({ 'p.js': text }, language, 'f');
  return 'refused' in made ? made.refused : undefined;
};

test('an entry is found however it is exported', () => {
  const forms = [
    'export function f() { return 1 }',
    'export async function g() {}\nexport const f = () => 1, h = 2;',
    'class A { static f() { return 1 } }\nexport const { f } = A;',
    'export const [{ x: f = () => 1 }, ...rest] = [{}];',
    'function one() { return 1 }\nexport { one as f };',
    'const one = () => 1\nexport { one as "f" }\nexport default class {}',
    'export default function () {}\nexport let f = function () { return 1 }',
    'export default function one() {}\nexport const f = () => 1',
    'export { f }; function f() { return 1 }\n// the end',
    'const $default = 2; export default () => $default; export const f = () => 1',
  ];
  for (const form of forms) assert.equal(answer(form), 1, form);
});

test('the default export can be the entry', () => {
  const made = scriptOf({ 'p.js': 'export default (x) => x + 1' }, 'javascript', 'default');
  assert.ok('script' in made);
  assert.equal(vm.runInThisContext(made.script)(1), 2);
});

test('a program is strict and an export inside a string is left alone', () => {
  assert.equal(
    answer('export function f() { return this === undefined && "export const a" }'),
    'export const a',
  );
});

test('types are stripped, enums and parameter properties included', () => {
  const text =
    'enum E { A = 4 }\ntype T = number;\nclass P { constructor(public x: T) {} }\nexport function f(a: T): T { return new P(a + E.A).x as T }';
  const made = scriptOf({ 'p.ts': text }, 'typescript', 'f');
  assert.ok('script' in made);
  assert.equal(vm.runInThisContext(made.script)(1), 5);
});

test('what cannot run alone is refused in one clear line', () => {
  assert.match(refusal('import fs from "node:fs"; export const f = fs')!, /^imports node:fs/);
  assert.match(refusal('export const f = () => import("x")')!, /import\(\)/);
  assert.match(refusal('export const f = import.meta')!, /import\.meta/);
  assert.match(refusal('export const f = await 1')!, /awaits at the top level/);
  assert.match(refusal('for await (const a of []); export const f = 1')!, /awaits at the top level/);
  assert.match(refusal('export { f } from "x"')!, /^imports x: .* nothing but its own files/);
  assert.match(refusal('export * from "x"')!, /^imports x:/);
  assert.match(refusal('export const g = 1')!, /expected an export named f, got g/);
  assert.match(refusal('function f() {}')!, /got none/);
  assert.match(refusal('export const f = 1 <!--x')!, /<!--/);
  assert.equal(refusal('export const f = 1;\nlet = = 2')?.match(/\((.*)\)$/)?.[1], '2:7');
  assert.match(refusal('export const f: = 1', 'typescript')!, /^does not parse: .*\(1:17\)$/);
  assert.equal(refusal('export const f = async () => await 1'), undefined);
});

test('text that would overflow a parser is refused before it is parsed', () => {
  const n = 100_000;
  const kinds = [
    '('.repeat(n),
    '!'.repeat(n),
    Array(n).fill('a').join('+'),
    '['.repeat(n),
    'a?b:'.repeat(n),
    'a=>'.repeat(n),
    'if(a);else '.repeat(n),
    'if(a)\n'.repeat(n),
    'typeof '.repeat(n),
    'typeof\n'.repeat(n),
    'a.b'.repeat(n),
    'while(1)'.repeat(n),
    '`${'.repeat(n),
    'a()'.repeat(n),
    'new '.repeat(n),
    'a in '.repeat(n),
    'a\nin '.repeat(n),
    '")",('.repeat(n),
    '/*)*/('.repeat(n),
    '/[)"]/.a,('.repeat(n),
    'if(a)/"/;('.repeat(n),
    '`)`,('.repeat(n),
    'async x=>'.repeat(n),
    'a.const+'.repeat(n),
    'l:\n'.repeat(n),
    'class extends '.repeat(n),
    '"'.repeat(n).replaceAll('"', '"",('),
    '//)\n('.repeat(n),
    'a\n++\n('.repeat(n),
    "a++ /'/ ((".repeat(n),
    `as /${'('.repeat(n)}/ 1`,
    `\`a\`\n{}${'('.repeat(n)}`,
    'const a=< '.repeat(n),
    `type A=${'B<c,'.repeat(n)}`,
    `a! /${'['.repeat(n)}/ 1`,
    `{}/"/;${'{'.repeat(n)}"`,
    `if (a) / 2; //${'\n('.repeat(n)}`,
  ];
  for (const kind of kinds) assert.match(tooDeep(kind) ?? 'missed', /nests deeper/, kind.slice(0, 20));
});

test('a long flat program passes, with semicolons or without', () => {
  const lines = [
    'const a = [1, 2, (3 + 4) / 2, x.y.z / 3]',
    'if (a) { b = /["(]/.test(c) }',
    ['let t = `x$', '{1}y`'].join(''),
    'c = (a + b) / 2 // half, "quoted" (',
    'x = a / b',
  ];
  assert.equal(tooDeep(lines.join(';\n').repeat(2000)), undefined);
  assert.equal(tooDeep(`${lines.join('\n')}\n`.repeat(2000)), undefined);
  assert.equal(tooDeep(`[${'1,'.repeat(50_000)}]`), undefined);
  assert.equal(tooDeep('('.repeat(deepest - 1)), undefined);
});
