import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sketch } from '../../../../../core/languages/javascript/normal/sketch.ts';
import { decode, similarity } from '../../../../../core/text/sketch.ts';

const program = `export function f(a, b, n) {
  let sum = 0;
  let best = -1;
  const w = a * 0.5 + b;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      const d = Math.sqrt(a * i + b * j);
      if (d > best && i !== j) best = d;
      sum += d * w;
    }
  }
  if (sum > 3) return best;
  return sum / n + g(sum);
}
function g(x) { return x * 0.25 + 1; }
`;

function alike(a: string, b: string): number {
  const [x, y] = [a, b].map((text) => sketch({ 'program.js': text }, 'javascript'));
  assert.ok(x && y);
  return similarity(decode(x), decode(y));
}

const edit = (from: string, to: string, text = program) => {
  assert.ok(text.includes(from), from);
  return text.replace(from, to);
};

const same: Readonly<Record<string, string>> = {
  'commuted operands': edit('a * 0.5 + b', 'b + 0.5 * a'),
  'declarations in another order': edit('let sum = 0;\n  let best = -1;', 'let best = -1;\n  let sum = 0;'),
  'dead code': edit('let best', 'if (false) { sum = 3; } const u = a * 2; let best'),
  'operands that add nothing': edit('d * w', '(d * w) * 1 + 0'),
  'a number moved by 0.2 %': edit('0.25', '0.2505'),
  'an inlined temporary': edit('const w = a * 0.5 + b;', '', edit('d * w', 'd * (a * 0.5 + b)')),
  'an extracted temporary': edit('sum += d * w;', 'const q = d * w; sum += q;'),
  'a function as an arrow': edit(
    'function g(x) { return x * 0.25 + 1; }',
    'const g = (y) => { return 1 + y / 4; };',
  ),
  'a for as a while': edit(
    'for (let j = 0; j < n; j++) {',
    'let j = 0; while (j < n) {',
    edit('sum += d * w;', 'sum += d * w; j++;'),
  ),
  'a mirrored comparison': edit('d > best', 'best < d'),
  'an else after a return': edit('return sum / n', 'else return sum / n'),
};

for (const [what, text] of Object.entries(same))
  test(`${what} make no other program`, () => assert.equal(alike(program, text), 1));

const other: Readonly<Record<string, string>> = {
  'an operator': edit('a * i', 'a + i'),
  'a comparison turned round': edit('d > best', 'd < best'),
  'two loop variables exchanged': edit('a * i + b * j', 'a * j + b * i'),
  'two parameters exchanged': edit('a * 0.5 + b', 'b * 0.5 + a'),
  'a number moved by 4 %': edit('0.25', '0.26'),
  'an initial value': edit('best = -1', 'best = -2'),
  'another name returned': edit('return best', 'return sum'),
  'a statement added': edit('sum += d * w;', 'sum += d * w; best += 0.1;'),
  'a statement taken away': edit('sum += d * w;', ''),
  'dependent statements exchanged': edit(
    'if (d > best && i !== j) best = d;\n      sum += d * w;',
    'sum += best * w;\n      if (d > best && i !== j) best = d;',
    edit('sum += d * w', 'sum += best * w').replace('sum += best * w', 'sum += d * w'),
  ),
  'another call': edit('Math.sqrt', 'Math.cbrt'),
  'two numbers exchanged': edit('x * 0.25', 'x * 0.5', edit('a * 0.5', 'a * 0.25')),
};

for (const [what, text] of Object.entries(other))
  test(`${what}: another program, even in a long one`, () => {
    assert.ok(alike(program, text) < 1);
    const rest = Array.from({ length: 12 }, (_, i) => edit('f(', `f${i}(`).replace(/\bg\b/g, `g${i}`)).join(
      '',
    );
    assert.ok(alike(rest + program, rest + text) < 1);
  });

test('a value taken before what it is made from changes is not the value after', () => {
  const before = 'export function f(x, h) { let s = x; const t = s * 2; s += h(x); return t + s; }';
  const after = 'export function f(x, h) { let s = x; s += h(x); const t = s * 2; return t + s; }';
  assert.ok(alike(before, after) < 1);
});

test('each of many numbers is identified by its factor', () => {
  const text = 'export const f = (v) => 0.4 * v[0] + 0.3 * v[1] - 0.2 * v[2];';
  assert.equal(alike(text, 'export const f = (v) => -(0.2 * v[2]) + v[1] * 0.3 + v[0] * 0.4;'), 1);
  assert.ok(alike(text, edit('0.3 * v[1]', '0.31 * v[1]', text)) < 1);
});

test('a table of a thousand numbers fits in a short sketch, and a change of one shows', () => {
  const table = (tenth: number) =>
    Array.from({ length: 1000 }, (_, i) => (i === 10 ? tenth : 1.5 + (i % 97))).join();
  const text = (tenth: number) => `const t = [${table(tenth)}];\nexport const f = (i) => t[i];`;
  assert.ok(sketch({ 'program.js': text(2.5) }, 'javascript')!.length <= 480);
  assert.ok(alike(text(2.5), text(3)) < 1);
});

test('temporaries made of temporaries, each used twice, are read in no time', () => {
  const lines = Array.from({ length: 60 }, (_, i) => `const t${i + 1} = t${i} * x + t${i} * t${i};`).join(
    '\n',
  );
  assert.ok(
    sketch({ 'program.js': `export function f(x) { const t0 = x;\n${lines}\nreturn t60; }` }, 'javascript'),
  );
});

test('types make no other program', () => {
  const typed = sketch({ 'program.ts': 'export const f = (x: number): number => x * 2.5;' }, 'typescript');
  assert.equal(
    similarity(
      decode(typed!),
      decode(sketch({ 'program.js': 'export const f = (y) => 2.5 * y;' }, 'javascript')!),
    ),
    1,
  );
});

test('what does not parse has no sketch', () => {
  assert.equal(sketch({ 'program.js': 'export const = 1' }, 'javascript'), undefined);
  assert.equal(sketch({ 'program.js': `export const f = ${'('.repeat(5000)}` }, 'javascript'), undefined);
});

test('what is no JavaScript counts by its words', () => {
  const text = (x: number) => `def f(x):\n    return x * ${x}\n`;
  const of = (x: string) => decode(sketch({ 'program.py': x }, 'python' as 'javascript')!);
  assert.equal(similarity(of(text(2.5)), of(text(2.501).replace('x *', 'x  *'))), 1);
  assert.ok(similarity(of(text(2.5)), of(text(2.5).replace('*', '+'))) < 1);
});
