import assert from 'node:assert/strict';
import { test } from 'node:test';
import vm from 'node:vm';
import type { Dialect } from '../../../../../core/languages/javascript/parse.ts';
import { libraryOf } from '../../../../../core/languages/javascript/script/library.ts';
import { scriptOf } from '../../../../../core/languages/javascript/script/module.ts';
import type { Source } from '../../../../../core/search/program.ts';

/** A script as an expression. */
const body = (script: string) => script.replace(/\n\/\/.*$/, '');

/** What the entry answers, run as a script. */
function answer(source: Source, language: Dialect = 'javascript'): unknown {
  const made = scriptOf(source, language, 'f');
  if ('refused' in made) throw new Error(made.refused);
  const result = vm.runInNewContext(`JSON.stringify((${body(made.script)})())`);
  return JSON.parse(result as string);
}

function refusal(source: Source, language: Dialect = 'javascript'): string {
  const made = scriptOf(source, language, 'f');
  assert.ok('refused' in made, 'it is not refused');
  assert.ok(!/[\r\n]/.test(made.refused), made.refused);
  return made.refused;
}

test('every form of import and export between files gives what it gives in a module', () => {
  const lib =
    'export const a = 1, b = 2; export default function () { return 3 } export { a as "odd name" };';
  const forms: Record<string, unknown> = {
    "import { a, b as c } from './lib.js'; export const f = () => [a, c]": [1, 2],
    "import three, { a } from './lib.js'; export const f = () => [three(), a]": [3, 1],
    "import * as lib from './lib.js'; export const f = () => [Object.keys(lib), lib.default(), lib.b]": [
      ['a', 'b', 'default', 'odd name'],
      3,
      2,
    ],
    "import three, * as lib from './lib.js'; export const f = () => three === lib.default": true,
    'import { "odd name" as a } from \'./lib.js\'; export const f = () => a': 1,
    "export { default as f } from './lib.js'": 3,
    "export * from './more.js'": 4,
    "import { more } from './more.js'; export const f = () => [more.a, 'a' in more]": [1, true],
    "import { again as f } from './more.js'; export { f }": 5,
    "import './lib.js'; export const f = () => 6": 6,
    "export const f = () => early(); const g = 1\nimport { f as early } from './more.js'": 4,
  };
  const more =
    "export * as more from './lib.js'; export const f = () => 4; const five = () => 5; export { five as again }";
  for (const [text, expected] of Object.entries(forms))
    assert.deepEqual(answer({ 'p.js': text, 'lib.js': lib, 'more.js': more }), expected, text);
});

test('each file runs once, after what it imports, in the order of the imports', () => {
  const said = (name: string) => `\nlog.push('${name}');`;
  const source = {
    'p.js': `import './b.js'; import './a.js'; import { log } from './log.js';${said('p')} export const f = () => log`,
    'a.js': `import { log } from './log.js'; import './c/c.js';${said('a')}`,
    'b.js': `import './c/c.js'; import { log } from './log.js';${said('b')}`,
    'c/c.js': `import { log } from '../log.js';${said('c')}`,
    'log.js': 'export const log = [];',
  };
  assert.deepEqual(answer(source), ['c', 'b', 'a', 'p']);
});

test('no file sees a name of another, not even those of the linker', () => {
  const probe = ['x', 'running', 'cells', 'spaces', 'parts', 'load', 'start', 'entry', 'read'];
  const lib = 'const x = 1; export const y = x + 1;';
  const text = `import { y } from './lib.js'; export const f = () => [y, ${probe.map((each) => `typeof ${each}`)}]`;
  assert.deepEqual(answer({ 'p.js': text, 'lib.js': lib }), [2, ...probe.map(() => 'undefined')]);
  assert.equal(
    answer({ 'p.js': `import { y as x } from './lib.js'; export const f = () => x`, 'lib.js': lib }),
    2,
  );
});

test('functions may be imported in a circle, and what must have run may not', () => {
  const even = "import { odd } from './odd.js'; export function even(n) { return n === 0 || odd(n - 1) }";
  const odd =
    "import { even } from './even.js'; const at = even(2); export function odd(n) { return n > 0 && even(n - 1) }";
  const main = "import { even } from './even.js'; export const f = () => [even(10), even(7)]";
  assert.deepEqual(answer({ 'p.js': main, 'even.js': even, 'odd.js': odd.replace('even(2)', '0') }), [
    true,
    false,
  ]);
  // Called while the circle is still being started.
  assert.deepEqual(answer({ 'p.js': main, 'even.js': even, 'odd.js': odd }), [true, false]);
  const limits = "import { b } from './b.js'; export const a = 1;";
  const said = refusal({
    'p.js': "import './a.js'; export const f = 1",
    'a.js': limits,
    'b.js': "import { a } from './a.js'; export const b = () => a;",
  });
  assert.match(said, /^b\.js: imports a of a\.js, .* circle only function declarations/);
  const self = "import * as me from './p.js'; export const f = () => Object.keys(me)";
  assert.deepEqual(answer({ 'p.js': self }), ['f']);
});

test('a name that changes is read live through its namespace, and refused on its own', () => {
  const lib = 'export let count = 0; export function up() { count++ } export let set; set = 5;';
  const live = "import * as lib from './lib.js'; export const f = () => { lib.up(); return lib.count }";
  assert.equal(answer({ 'p.js': live, 'lib.js': lib }), 1);
  const named = "import { count } from './lib.js'; export const f = () => count";
  assert.match(
    refusal({ 'p.js': named, 'lib.js': lib }),
    /^p\.js: imports count of lib\.js, which is assigned to/,
  );
  const once = "import { set } from './lib.js'; export const f = () => set";
  assert.equal(answer({ 'p.js': once, 'lib.js': lib }), 5);
  for (const write of ['[(count)] = [1]', '({ x: count = 2 } = {})', 'for (count of [1]);', 'count ||= 1'])
    refusal({ 'p.js': named, 'lib.js': `export let count = 0; export const g = () => { ${write} }` });
});

test('an import or a namespace cannot be written to', () => {
  const lib = 'export let a = 1';
  for (const write of ['lib.a = 2', 'lib.b = 2', 'delete lib.a', 'a = 2'])
    assert.throws(
      () =>
        answer({
          'p.js': `import * as lib from './lib.js'; import { a } from './lib.js'; export const f = () => { ${write} }`,
          'lib.js': lib,
        }),
      { name: 'TypeError' },
    );
});

test('types are stripped in every file, and ./lib.js may name lib.ts', () => {
  const lib = 'export interface Pair { x: number }\nexport const one = (pair: Pair): number => pair.x;';
  for (const name of ['./lib.ts', './lib.js']) {
    const text = `import { one, type Pair } from '${name}';\nconst p: Pair = { x: 7 };\nexport function f(): number { return one(p) }`;
    assert.equal(answer({ 'p.ts': text, 'lib.ts': lib }, 'typescript'), 7);
  }
  assert.match(
    refusal({ 'p.js': "import './lib.js'; export const f = 1", 'lib.ts': '' }),
    /^p\.js: imports \.\/lib\.js, but the program has no file lib\.js$/,
  );
});

test('a JSON file is data, and any other file is refused', () => {
  const text = "import data from './x.json' with { type: 'json' }; export const f = () => data";
  for (const data of [{ a: '<!-- ` \u2028 "' }, JSON.parse('{"__proto__":1}'), [], 'text'])
    assert.deepEqual(answer({ 'p.js': text, 'x.json': JSON.stringify(data) }), data);
  assert.match(refusal({ 'p.js': text, 'x.json': '{' }), /^p\.js: imports x\.json, which is no JSON/);
  assert.match(refusal({ 'p.js': text.replace(/ with .*}/, ''), 'x.json': '{}' }), /x\.json without `with/);
  assert.match(
    refusal({ 'p.js': "import x from './x.md'; export const f = x", 'x.md': '' }),
    /imports \.\/x\.md, which is neither/,
  );
});

test('what is not a file of the program is refused with the path of the file that asks', () => {
  const asks = (specifier: string) =>
    refusal({
      'p.js': "import './d/lib.js'; export const f = 1",
      'd/lib.js': `import '${specifier}'`,
      'lib.js': '',
    });
  for (const name of [
    'node:fs',
    'fs',
    'https://x.org/a.js',
    '/lib.js',
    'file:///lib.js',
    '#lib',
    'data:,1',
    '.',
  ])
    assert.match(asks(name), /^d\/lib\.js: imports .*nothing but its own files/, name);
  for (const name of ['../../lib.js', './../../p/lib.js', '../x/../../lib.js'])
    assert.match(asks(name), /^d\/lib\.js: imports .*outside the program$/, name);
  for (const name of ['./p.js', '../lib.mjs', '../lib.js/x.js', './/lib.js', '../constructor.js'])
    assert.match(asks(name), /^d\/lib\.js: imports .*has no file/, name);
  for (const name of ['..\\\\lib.js', '../lib.js?x', '../lib', './__proto__', '../toString'])
    assert.match(asks(name), /^d\/lib\.js: imports /, name);
  assert.match(
    refusal({ 'p.js': "import { x } from './lib.js'; export const f = x", 'lib.js': 'export const y = 1' }),
    /^p\.js: imports x of lib\.js, which has no such export/,
  );
});

test('each file must pass what a program of one file must pass, under its own path', () => {
  const checks: [string, RegExp][] = [
    ['let = = 2', /^d\/lib\.js: does not parse: .*\(1:7\)$/],
    ['await 1', /^d\/lib\.js: awaits/],
    ['const g = () => import("x")', /^d\/lib\.js: uses import\(\)/],
    ['import.meta', /^d\/lib\.js: uses import\.meta/],
    ['1 <!--x', /^d\/lib\.js: expected no `<!--`/],
    ['('.repeat(5000), /^d\/lib\.js: .*nests deeper/],
    ['return 1', /^d\/lib\.js: does not parse/],
    ['yield 1', /^d\/lib\.js: does not parse/],
    ['}).call(undefined); globalThis.out = 1; (function () {', /^d\/lib\.js: does not parse/],
  ];
  for (const [text, why] of checks)
    assert.match(refusal({ 'p.js': "import './d/lib.js'; export const f = 1", 'd/lib.js': text }), why, text);
});

test('text that looks like the wrapper’s own stays text', () => {
  const lib =
    'export const a = "`); \\u2028 */ </script>"; // }) //# sourceURL=x\n/* \n--> */ export const b = 1 // `';
  const text = "import { a, b } from './lib.js'; export const f = () => [a, b] //";
  assert.deepEqual(answer({ 'p.js': text, 'lib.js': lib }), ['`); \u2028 */ </script>', 1]);
});

test('a file may be named __proto__, and files that are not imported do not count', () => {
  const source = JSON.parse(
    '{"p.js":"","__proto__.js":"export const a = 1","__proto__":"(","odd name\\n.md":""}',
  );
  source['p.js'] = "import { a } from './__proto__.js'; export const __proto__ = 2; export const f = () => a";
  assert.equal(answer(source), 1);
  const spaced = "import * as p from './p.js'; export const f = () => [Object.keys(p), p.__proto__]";
  const named = { 'm.js': spaced, 'p.js': 'export const __proto__ = 2' };
  assert.deepEqual(answer(named), [['__proto__'], 2]);
  const alone = scriptOf({ 'p.js': 'export const f = 1' }, 'javascript', 'f');
  assert.deepEqual(scriptOf({ 'p.js': 'export const f = 1', 'notes.md': '(' }, 'javascript', 'f'), alone);
});

test('a hundred files run, in a line or all at once, and too many are refused', () => {
  const line = (n: number): Source =>
    Object.fromEntries(
      Array.from({ length: n }, (_, i) => [
        `f${i}.js`,
        i === n - 1
          ? 'export const f = () => 1'
          : `import { f as g } from './f${i + 1}.js'; export const f = () => g() + 1`,
      ]),
    );
  assert.equal(answer(line(100)), 100);
  assert.match(refusal(line(1000)), /expected at most 256 files/);
  const names = Array.from({ length: 99 }, (_, i) => i);
  const star: Source = {
    'p.js': `${names.map((i) => `import { a as a${i} } from './x/f${i}.js'`).join('\n')}\nexport const f = () => ${names.map((i) => `a${i}`).join('+')}`,
    ...Object.fromEntries(names.map((i) => [`x/f${i}.js`, `export const a = ${i}`])),
  };
  assert.equal(answer(star), (99 * 98) / 2);
});

test('export * in a circle ends, and a name from two files is ambiguous', () => {
  const circle = {
    'p.js': "export * from './a.js'; export * from './b.js'",
    'a.js': "export * from './b.js'; export function f() { return 1 }",
    'b.js': "export * from './a.js'; export const x = 1",
  };
  assert.equal(answer(circle), 1);
  const two = { ...circle, 'b.js': 'export const f = () => 2', 'a.js': 'export const f = () => 1' };
  assert.match(refusal(two), /expected an export named f/);
});

test('an error’s place is its file and line', () => {
  const source = {
    'p.js': "import {\n  g,\n} from './d/lib.js';\nexport const f = () =>\n  g();",
    'd/lib.js': "import './x.js'; export function g() {\n  throw new Error('no');\n}",
    'd/x.js': '',
  };
  const made = scriptOf(source, 'javascript', 'f');
  assert.ok('script' in made);
  assert.throws(
    () => vm.runInNewContext(made.script)(),
    (error: Error) => /program\/d\/lib\.js:2:9\)[\s\S]*program\/p\.js:5:3\)/.test(error.stack!),
  );
});

const tools = libraryOf(
  'some/tools',
  () => ({
    'main.ts': "export { twice } from './lib.ts'; export const size: number = 3; /* a remark */",
    'lib.ts':
      'let calls = 0;\nexport function twice(x: number): number { calls++; return half(x) * 4 }\nconst half = (x: number) => x / 2;',
  }),
  'typescript',
);

test('a library is imported by its own specifier, from any file and in every form, and runs once', () => {
  const forms: Record<string, unknown> = {
    "import { twice } from 'some/tools'; export const f = () => twice(2)": 4,
    "import { size as s } from 'some/tools'; import { g } from './g.js'; export const f = () => [s, g(1)]": [
      3, 2,
    ],
    "import * as tools from 'some/tools'; export const f = () => Object.keys(tools)": ['size', 'twice'],
    "import { again, twice } from './g.js'; export const f = () => again === twice": true,
    "import { all } from './g.js'; import * as tools from 'some/tools'; export const f = () => all === tools": true,
    "import 'some/tools'; export const f = () => typeof half": 'undefined',
  };
  const g =
    "import { twice } from 'some/tools'; export const g = twice; export const again = twice; export * from 'some/tools'; export * as all from 'some/tools'";
  for (const [text, expected] of Object.entries(forms)) {
    const made = scriptOf({ 'p.js': text, 'g.js': g }, 'javascript', 'f', tools);
    assert.ok('script' in made, `${text}: ${JSON.stringify(made)}`);
    assert.deepEqual(
      JSON.parse(vm.runInNewContext(`JSON.stringify((${body(made.script)})())`)),
      expected,
      text,
    );
    assert.equal(made.script.split('function twice').length, 2, text);
  }
});

test('a library costs a program nothing that does not import it, and its remarks are not sent', () => {
  const read = () => assert.fail('the library was read');
  const unread = libraryOf('some/tools', read, 'typescript');
  for (const text of ['export const f = 1', "import { g } from './g.js'; export const f = g"]) {
    const source = { 'p.js': text, 'g.js': 'export const g = 1' };
    assert.deepEqual(scriptOf(source, 'javascript', 'f', unread), scriptOf(source, 'javascript', 'f'));
  }
  const made = scriptOf({ 'p.js': "import 'some/tools'; export const f = 1" }, 'javascript', 'f', tools);
  assert.ok('script' in made && !made.script.includes('remark') && !made.script.includes('number'));
});

test('no specifier but its own names a library, and a program cannot put a file in its place', () => {
  for (const [specifier, why] of [
    ['some/tools.js', /nothing but its own files, by \.\/ or \.\.\/, and some\/tools$/],
    ['some/tools/lib.ts', /nothing but its own files/],
    ['some', /nothing but its own files/],
    ['./some/tools', /has no file some\/tools$/],
    ['other', /nothing but its own files/],
  ] as const) {
    const made = scriptOf({ 'p.js': `import '${specifier}'; export const f = 1` }, 'javascript', 'f', tools);
    assert.ok('refused' in made && why.test(made.refused), JSON.stringify(made));
  }
  const posing = { 'p.js': "export { size as f } from 'some/tools'", 'some/tools': 'export const size = 4' };
  const made = scriptOf(posing, 'javascript', 'f', tools);
  assert.ok('script' in made);
  assert.equal(vm.runInNewContext(body(made.script)), 3);
  const missing = scriptOf({ 'p.js': "export { half as f } from 'some/tools'" }, 'javascript', 'f', tools);
  assert.ok('refused' in missing, 'what it does not export is not there');
});
