import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import fc from 'fast-check';
import { casesFor } from '../../core/search/problem.ts';
import { instrumented } from '../../problems/kernel-speed/instrument.ts';
import { type Below, below, judge, primesBelow, seedOperations } from '../../problems/kernel-speed/sieve.ts';
import { eratosthenes, odd, threeless } from '../support/sieves.ts';
import { junk, load, runAsText } from './guest.ts';

const problem = await load('kernel-speed');
const seed = Object.values(problem.seeds[0]!)[0]!;

/** Answer and operations of a program for one n and m = 7. */
function run(program: string, n = 10, most = 10_000): [answer: unknown, operations: number] {
  return runAsText(problem, program, { n, m: 7, most }) as [unknown, number];
}

const body = (text: string) => `export function sumPrimes(n, m) { ${text} }`;
/** A call of the entry with its arguments. */
const call = 3;
const costOf = (text: string) => run(body(text))[1] - call;

/** Why a program is refused, or its text if it is not. */
function refusal(program: string): string {
  const made = instrumented({ 'a.js': program }, 'sumPrimes');
  return typeof made.refused === 'string' ? made.refused : `not refused: ${JSON.stringify(made)}`;
}

/** What the problem asks for, by trial division. */
function sum(n: number, m: number): number {
  let all = 0;
  for (let p = 2; p < n; p++) {
    let i = 2;
    while (p % i !== 0) i++;
    if (i === p) all += (p * p) % m;
  }
  return all;
}

test('the seed takes as many operations as the formula says', () => {
  for (const n of [...Array(60).keys(), 997, 1000].slice(3))
    assert.deepEqual(run(seed, n, 1e9), [sum(n, 7), seedOperations(n)]);
});

test('each operation has its price, wherever it stands', () => {
  const prices: [text: string, cost: number][] = [
    ['return 7;', 0],
    ['return n;', 0],
    ['return n + 1;', 1],
    ['return -n * (n - 1);', 3],
    ['let a = n; return a;', 1],
    ['let a; a = n; return a;', 1],
    ['let a = 0; a += 1; return a;', 3],
    ['let a = 0; a = a + 1; return a;', 3],
    ['let a = 0; a++; return a;', 3],
    ['return Math.max(n, 3, 4) + Math.floor(n);', 5],
    ['const a = new Uint8Array(n); return 0;', 1 + 1 + 2],
    ['const a = new Float64Array(n); return 0;', 1 + 1 + 10],
    ['const a = new Uint8Array(n + 0.5); return a.length;', 1 + 1 + 2 + 1 + 1],
    ['const a = new Uint8Array(0); a[0] = 1; return a[0];', 2 + 1 + 1],
    ['const a = new Uint8Array(0); a[0] += 1; return 0;', 2 + 3],
    ['const a = new Uint8Array(0); a[0]++; return 0;', 2 + 3],
    ['if (n > 3) return n * n; return 0;', 2 + 1],
    ['if (n < 3) return n * n * n; else return n * n;', 2 + 1],
    ['return n > 3 ? n * n : n * n * n;', 2 + 1],
    ['return n > 3 && n * n > 5;', 2 + 2],
    ['return n < 3 && n * n > 5;', 2],
    ['return n > 3 || n * n > 5;', 2],
    ['let a = 0; while (a < 3) a += 1; return a;', 1 + 4 * 2 + 3 * 2],
    ['let a = 0; do a += 1; while (a < 3); return a;', 1 + 3 * 2 + 3 * 2],
    ['let a = 0; for (;;) { if (a === 3) break; a += 1; } return a;', 1 + 4 * 1 + 4 * 2 + 3 * 2],
    ['for (let i = 0, j = 1; i < 2; i += 1, j += 1) { if (i) continue; } return 0;', 2 + 3 * 2 + 2 * 4 + 2],
    ['return (n, n + 1, n + 2);', 2],
  ];
  for (const [text, cost] of prices) assert.equal(costOf(text), cost, text);
});

test('a call costs one and one for each argument, and what the function does', () => {
  const program = `function put(a, k, v) { a[k] = v; return k + 1; } ${body('const a = new Uint8Array(0); return put(a, 0, n);')}`;
  assert.deepEqual(run(program), [1, call + 2 + 4 + 1 + 1]);
});

test('what stands at the top runs, and is paid for, at each call: nothing is kept', () => {
  const program = `let calls = 0; const table = new Uint8Array(80); for (let i = 0; i < 80; i++) table[i] = i;
  ${body('calls += 1; table[3] += 1; return calls * 100 + table[3];')}`;
  const made = instrumented({ 'a.js': program }, 'sumPrimes') as Record<string, string>;
  const twice = `(() => { ${made['a.js']!.replace('export ', '')} sumPrimes(10, 7, 1e6); return sumPrimes; })()`;
  const [answer, operations] = new Function(`return ${twice}(10, 7, 1e6)`)();
  assert.equal(answer, 104);
  assert.equal(operations, 1 + (1 + 1 + 10) + (1 + 81 * 2 + 80 * 2 + 80) + call + 2 + 3 + 3);
});

test('what is not in the language is refused, with its place', () => {
  const refused: [program: string, why: RegExp][] = [
    // The counter, by any spelling.
    [body('$count = 0; return 4;'), /^1:35 \$count is not declared/],
    [body('\\u0024count = 0; return 4;'), /\$count is not declared/],
    [body('let $count = 0; return 4;'), /expected a name/],
    [body('let \\u{24}most = 0; return 4;'), /expected a name/],
    ['function $over() { return 0; } export function sumPrimes(n, m) { return 4; }', /expected a name/],
    ['export function sumPrimes(n, $most) { return 4; }', /expected a name/],
    ['export function sumPrimes(n, m, most) { return 4; }', /with two parameters/],
    ['function f($count) { return 0; } export function sumPrimes(n, m) { return 4; }', /expected a name/],
    // Names of the language.
    [body('let Math = 1; return 4;'), /expected a name/],
    ['function Uint8Array(a) { return a; } export function sumPrimes(n, m) { return 4; }', /expected a name/],
    [body('return eval(n);'), /expected a call of a function of the program/],
    [body('return arguments[0];'), /expected an element of an array/],
    [body('return globalThis;'), /globalThis is not declared/],
    [body('return this;'), /ThisExpression/],
    // Work that is done elsewhere, for the price of one call.
    [body('const a = new Uint8Array(n); a.fill(1); return 4;'), /expected a call/],
    [body("const a = new Uint8Array(n); a['fill'](1); return 4;"), /expected a call/],
    [body('const a = new Uint8Array(n); return a.fill;'), /expected `length`/],
    [body('const a = new Uint8Array(n); return a?.[0];'), /ChainExpression/],
    [body('const a = new Uint8Array([2, 3, 5]); return 4;'), /ArrayExpression/],
    [
      body('const a = new Uint8Array(n); const b = new Uint8Array(a); return 4;'),
      /a is an array, not a number/,
    ],
    [body('const a = new Array(n); return 4;'), /typed array/],
    [body('const a = new BigInt64Array(n); return 4;'), /typed array/],
    [body('const a = new Function(n); return 4;'), /typed array/],
    [body('const a = new constructor(n); return 4;'), /typed array/],
    [body('const a = new Uint8Array(n, 0); return 4;'), /typed array/],
    [body('const a = new Uint8Array(...n); return 4;'), /SpreadElement/],
    [body('return new Uint8Array(n);'), /NewExpression/],
    [body('let a = 0; a = new Uint8Array(n); return 4;'), /NewExpression/],
    [body('return Math.random();'), /expected a call/],
    [body('return Math.constructor(n);'), /expected a call/],
    [body('return Math[n](n);'), /expected a call/],
    [body('return Math?.floor(n);'), /ChainExpression/],
    [body('return Math.floor;'), /expected an element/],
    [body('const f = Math; return 4;'), /Math is not declared/],
    // Arrays and functions as values: text, and what hides behind it.
    [body('const a = new Uint8Array(n); return a + 0;'), /a is an array, not a number/],
    [body('const a = new Uint8Array(n); return a === a;'), /a is an array, not a number/],
    [body('const a = new Uint8Array(n); const b = a; return 4;'), /a is an array, not a number/],
    [body('let a = new Uint8Array(n); a = 3; return 4;'), /a is an array, not a number/],
    [body('const a = new Uint8Array(n); return a;'), /a is an array, not a number/],
    [body('const a = new Uint8Array(n); return a[a];'), /a is an array, not a number/],
    [body('return sumPrimes + 0;'), /sumPrimes is a function, not a number/],
    [body('sumPrimes = 3; return 4;'), /sumPrimes is a function, not a number/],
    [body('return sumPrimes.length;'), /expected an element of an array/],
    [body('n.x = 3; return 4;'), /with two parameters, numbers/],
    [body('return n[0];'), /with two parameters, numbers/],
    [
      'function f(a) { return a[0]; } export function sumPrimes(n, m) { return f(n); }',
      /with two parameters/,
    ],
    [
      'function f(a) { return a[0]; } export function sumPrimes(n, m) { return f(n + 1); }',
      /expected an array, by its name/,
    ],
    [
      'function f(a) { return a + 1; } export function sumPrimes(n, m) { const b = new Uint8Array(n); return f(b); }',
      /b is an array, not a number/,
    ],
    ['function f(a) { return 1; } export function sumPrimes(n, m) { return f(); }', /expected 1 arguments/],
    [body('return f(n);'), /expected a call/],
    [body('return n(n);'), /expected a call/],
    [body('return (() => 4)();'), /expected a call/],
    // Other values than numbers.
    [body("return '4';"), /Literal/],
    [body('return `4`;'), /TemplateLiteral/],
    [body('return 4n;'), /Literal/],
    [body('return /4/;'), /Literal/],
    [body('return null;'), /Literal/],
    [body('return { valueOf: n };'), /ObjectExpression/],
    [body('return [n];'), /ArrayExpression/],
    [body('return typeof n;'), /UnaryExpression typeof/],
    [body('return void n;'), /UnaryExpression void/],
    [body('return delete n[0];'), /with two parameters/],
    [body('return 0 in n;'), /BinaryExpression in/],
    [body('return n ?? 4;'), /LogicalExpression \?\?/],
    [body('let a = n; a ||= 4; return 4;'), /AssignmentExpression \|\|=/],
    [body('return function () { return 4; };'), /FunctionExpression/],
    [body('class A {} return 4;'), /ClassDeclaration/],
    // Statements that go elsewhere.
    [body('try { return n; } finally { return 4; }'), /TryStatement/],
    [body('throw n;'), /ThrowStatement/],
    [body('switch (n) { case 10: return 4; }'), /SwitchStatement/],
    [body('a: for (;;) break a; return 4;'), /LabeledStatement/],
    [body('for (const a of n) return 4;'), /ForOfStatement/],
    [body('for (const a in n) return 4;'), /ForInStatement/],
    [body('debugger; return 4;'), /DebuggerStatement/],
    [body("'use strict'; return 4;"), /Literal/],
    [body('function inner() { return 4; } return inner();'), /FunctionDeclaration/],
    [body('var a = n; return 4;'), /expected let or const/],
    [body('let [a] = n; return 4;'), /expected a plain name/],
    [body('let { length } = n; return 4;'), /expected a plain name/],
    [body('[n] = n; return 4;'), /expected a variable or an element/],
    ['export function sumPrimes(n, { m }) { return 4; }', /expected a plain name/],
    ['export function sumPrimes(n, m = 4) { return n; }', /expected a plain name/],
    ['export function sumPrimes(n, ...m) { return 4; }', /expected a plain name/],
    ['export function* sumPrimes(n, m) { return 4; }', /expected a plain function/],
    ['export async function sumPrimes(n, m) { return 4; }', /expected a plain function/],
    ['export const sumPrimes = (n) => 4;', /expected function sumPrimes/],
    ['function other(n) { return 4; } export { other as sumPrimes };', /expected function sumPrimes/],
    [
      "import { random } from 'atoll/toolbox'; export function sumPrimes(n, m) { return 4; }",
      /ImportDeclaration/,
    ],
    ['export function sumPrimes(n, m) { return 4; } export default 4;', /ExportDefaultDeclaration/],
    // One meaning for a name.
    [body('let a = 1; { let a = 2; } return 4;'), /a again/],
    [body('let n2 = 1; for (let n2 = 0; n2 < 1; n2++); return 4;'), /n2 again/],
    [`let k = 1; ${body('let k = 2; return 4;')}`, /k again/],
    [`${body('return 4;')} // ${'x'.repeat(2000)}`, /expected at most 2000 characters/],
    ['export function sumPrimes(n, m) { return 4', /does not parse/],
    ['', /expected function sumPrimes/],
  ];
  for (const [program, why] of refused) assert.match(refusal(program), why, program);
  const two = instrumented({ 'a.js': body('return 4;'), 'b.js': '' }, 'sumPrimes');
  assert.equal(two.refused, 'expected a program of one file');
});

test('comments cannot carry anything across', () => {
  const program = `${body('/* */ return 4; // }\n')}\n/* } $count = 0; { */ // $count = 0`;
  const made = instrumented({ 'a.js': program }, 'sumPrimes') as Record<string, string>;
  assert.doesNotMatch(made['a.js']!, /\/\*|\/\/|\$count = 0; \{/);
  assert.deepEqual(run(program), [4, call]);
});

test('a program that does not end is stopped by its operations, whatever way it takes', () => {
  const endless = [
    body('for (;;); return 4;'),
    body('while (true) {} return 4;'),
    body('do continue; while (1); return 4;'),
    body('return sumPrimes(n, m);'),
    body('return n < 0 ? 4 : sumPrimes(n - 1, m) + sumPrimes(n - 1, m);'),
    `function a(x) { return b(x); } function b(x) { return a(x); } ${body('return a(n);')}`,
    `for (;;); ${body('return 4;')}`,
    body('const a = new Float64Array(1e9); return 4;'),
    body('const a = new Float64Array(Infinity); return 4;'),
  ];
  for (const program of endless) assert.throws(() => run(program), /passed 10000 operations/, program);
});

test('a round of a loop, whatever it does, costs something', () => {
  const rounds = 500;
  for (const text of [
    'let i = 0; while (i++ < 500);',
    'let i = 0; for (; i < 500; ) i++;',
    'let i = 0; do { i++; continue; } while (i < 500);',
    'let i = 0; for (; true; i++) if (i === 500) break;',
    'let i = 0; while (i < 500) { if (i < 0) break; else { i = i + 1; continue; } }',
  ]) {
    assert.ok(costOf(`${text} return i;`) >= 3 * rounds, text);
  }
});

/** Numbers, booleans and operators in any mixture. */
const expression = fc.letrec<{ any: string }>((tie) => ({
  any: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom('n', 'x', 'a[1]', 'a.length', '3', '0.5', 'true', 'NaN'),
    fc
      .tuple(
        tie('any'),
        fc.constantFrom('+', '-', '*', '%', '|', '>>>', '<', '===', '&&', '||', ','),
        tie('any'),
      )
      .map(([l, o, r]) => `(${l} ${o} ${r})`),
    fc.tuple(fc.constantFrom('-', '+', '~', '!', '- -'), tie('any')).map(([o, e]) => `(${o}${e})`),
    fc.tuple(tie('any'), tie('any'), tie('any')).map(([c, y, n]) => `(${c} ? ${y} : ${n})`),
    fc
      .tuple(fc.constantFrom('x', 'a[2]'), fc.constantFrom('=', '+=', '<<='), tie('any'))
      .map(([t, o, e]) => `(${t} ${o} ${e})`),
    fc.constantFrom('(x++)', '(--a[0])'),
    tie('any').map((e) => `Math.trunc(${e})`),
    tie('any').map((e) => `a[${e}]`),
    fc.tuple(tie('any'), tie('any')).map(([p, q]) => `f(a, ${p}, ${q})`),
  ),
})).any;

test('a rewritten program computes what the program did', () => {
  fc.assert(
    fc.property(expression, expression, fc.integer({ min: -5, max: 5 }), (first, second, n) => {
      const program = `function f(b, p, q) { b[0] = p; return b[1] - q; }
export function sumPrimes(n, m) { const a = new Int16Array(3); let x = 1; a[1] = 4; if (${first}) x += 2; return ${second}; }`;
      const plain = new Function(`${program.replace('export ', '')} return sumPrimes(${n}, 7);`)();
      const [answer] = run(program, n, 1e6);
      assert.deepEqual(answer, JSON.parse(JSON.stringify(plain) ?? 'null'));
    }),
    { numRuns: 150 },
  );
});

test('the judge rejects wrong answers, and counts that cannot be', () => {
  const case100 = below(100, 7);
  const right = sum(100, 7);
  const seeds = seedOperations(100);
  assert.deepEqual(judge(case100, [right, seeds]), {
    score: 0,
    measures: { operations: seeds / 100 },
    feedback: `n = 100, m = 7: ${seeds} operations, ${(seeds / 100).toFixed(2)} for each number`,
  });
  assert.equal((judge(case100, [right, seeds * 2]) as { score: number }).score, -1);
  const sparse = [right, 100];
  delete sparse[1];
  const attacks: unknown[] = [
    ...junk,
    right,
    [right],
    [right, 100, 100],
    [right - 1, 100],
    [sum(100, 8), 100],
    [`${right}`, 100],
    [[right], 100],
    [null, 100],
    [right, 0],
    [right, -100],
    [right, 2],
    [right, 3.5],
    [right, NaN],
    [right, null],
    [right, Infinity],
    [right, '100'],
    [right, [100]],
    [right, 1e300],
    sparse,
    { 0: right, 1: 100, length: 2 },
  ];
  for (const output of attacks) assert.ok('invalid' in judge(case100, output), JSON.stringify(output));
});

test('known primes are counted', () => {
  const counts = [3, 4, 10, 100, 1000, 10_000, 20_000].map((n) => primesBelow(n).length);
  assert.deepEqual(counts, [1, 2, 4, 25, 168, 1229, 2262]);
});

const inputs = (use: 'scored' | 'held-out') => casesFor(problem, use).map(({ input }) => input as Below);

test('held-out n are larger than any that is searched on, and no n and no m comes twice', () => {
  const all = [...inputs('scored'), ...inputs('held-out')];
  assert.ok(
    Math.min(...inputs('held-out').map(({ n }) => n)) > Math.max(...inputs('scored').map(({ n }) => n)),
  );
  assert.equal(new Set(all.map(({ n }) => n)).size, 12);
  assert.equal(new Set(all.map(({ m }) => m)).size, 12);
});

/** What a program earns on the held-out cases. */
function heldOut(program: string): number {
  const scores = inputs('held-out').map((input) => {
    const verdict = problem.judge(input, runAsText(problem, program, input));
    return 'score' in verdict ? verdict.score : Number.NaN;
  });
  return scores.reduce((all, score) => all + score, 0) / scores.length;
}

test('better sieves earn what the references say', () => {
  const said = Object.fromEntries(problem.references!.map(({ name, score }) => [name, score.toFixed(4)]));
  assert.equal(heldOut(eratosthenes).toFixed(4), said['Eratosthenes, from the square and up to the root']);
  assert.equal(heldOut(odd).toFixed(4), said['the same on odd numbers only']);
  assert.equal(heldOut(threeless).toFixed(4), said['and without the multiples of 3']);
});

test('as many primes by heart as a program may hold save less than 15 % of the operations, and less than leaving out threes', () => {
  const table = readFileSync(new URL('../fixtures/attacks/prime-table.js', import.meta.url), 'utf8');
  // The table is as long as it can be: one number more does not fit.
  assert.ok(table.length > 2000 - '0x0123456789ab,'.length && table.length <= 2000);
  const saved = 1 - 2 ** (heldOut(odd) - heldOut(table));
  assert.ok(saved > 0.05 && saved < 0.15, `${saved}`);
  assert.ok(heldOut(threeless) > heldOut(table));
});
