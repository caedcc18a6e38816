import assert from 'node:assert/strict';
import { test } from 'node:test';
import { analyse } from '../../../../../core/languages/javascript/operators/analysis/analyse.ts';
import { literal } from '../../../../../core/languages/javascript/operators/expression.ts';
import { product } from '../../../../../core/languages/javascript/operators/factor.ts';
import { link } from '../../../../../core/languages/javascript/operators/link.ts';
import { links } from '../../../../../core/languages/javascript/operators/link-functions.ts';
import { termsOf } from '../../../../../core/languages/javascript/operators/sum-terms.ts';
import { best, constant, type Law, measure, tried } from './laws.ts';

/** What an expression in m or s comes to. */
const value = (text: string, names: string, ...values: number[]): number =>
  new Function(names, `return ${text}`)(...values);

const returned = (text: string) => {
  const program = analyse(`export function f(x, y, z) {\n  return ${text};\n}\n`, 'javascript', 'f');
  assert.ok(typeof program !== 'string');
  const site = program.sites.find(({ under }) => under.type === 'ReturnStatement')!;
  return { program, node: site.node };
};

for (const { name, inverse, slope, offset } of links) {
  test(`${name}: slope and offset are those of its inverse, by differences`, () => {
    for (const s of [0.4, 1, 2.7]) {
      const at = (sum: number) => value(inverse(literal(sum, 17)).text, '');
      const m = at(s);
      const difference = (at(s + 1e-5) - at(s - 1e-5)) / 2e-5;
      const found = value(slope('m').text, 'm', m);
      assert.ok(Math.abs(found - difference) < 1e-8 * Math.max(1, Math.abs(found)), `${found} ${difference}`);
      assert.ok(Math.abs(m - found * s - value(offset('m'), 'm', m)) < 1e-12 * Math.max(1, m));
    }
  });

  test(`${name}: its own form is known again`, () => {
    const { text } = inverse({ text: '2 * x + y', level: 13 });
    const { program, node } = returned(text);
    const found = links.find(({ sumIn }) => sumIn(node))!;
    assert.equal(found.name, name, text);
    const terms = termsOf(program, found.sumIn(node)!);
    assert.deepEqual(
      terms.map((term) => product(term).text),
      ['x', 'y'],
    );
  });
}

test('terms are products without weights and constants, and none has a long factor', () => {
  const told = (text: string) => {
    const { program, node } = returned(text);
    return termsOf(program, node).map((term) => product(term).text);
  };
  assert.deepEqual(told('3 - 2.5 * (x * y ** 2) / z + -((x - y) ** 2)'), ['y ** 2 * x / z', '(x - y) ** 2']);
  assert.deepEqual(told('1 / x ** 0.5 + x ** 0.3'), ['1 / Math.sqrt(x)', 'x ** 0.3']);
  assert.deepEqual(told(`x + y * Math.sin(${'x + '.repeat(20)} z)`), ['x']);
});

for (const [name, law] of [
  ['a product of powers', (x, y, z) => (3 * x * y) / z],
  ['a sum in a denominator', (x, y, z) => 1 / (1 / x + z / y)],
  ['a sum under a root', (x, y, z) => Math.sqrt((x - y) ** 2 + z * z)],
  ['a sum under a root in a denominator', (x, y, z) => 1 / Math.sqrt(x + (y * y) / z)],
  ['a ratio of sums', (x, y, z) => (x * y + z * z) / (x + z)],
  ['a sum in an exponent', (x, y) => Math.exp(0.3 * x - 0.1 * x * y)],
] satisfies [string, Law][]) {
  test(`${name} is found to the last digits within a few trials from a constant`, () => {
    const score = best(link, law, constant, 24, 1601);
    assert.ok(score > 12, `${score}`);
  });
}

test('a parent that has the form and a term of the law is gone on from', () => {
  const law: Law = (x, y, z) => Math.sqrt((x - y) ** 2 + z * z);
  const near = 'export function f(x, y, z) {\n  return Math.sqrt(Math.abs(1.1 * (x - y) ** 2 + 2.1));\n}\n';
  const found = (text: string) =>
    Array.from({ length: 20 }, (_, key) => {
      const { result } = tried(link, law, text, key, 801);
      const outcome = 'source' in result ? measure(result.source, law).outcome : undefined;
      return outcome?.status === 'scored' && outcome.score > 12;
    }).filter(Boolean).length;
  const [there, fresh] = [found(near), found(constant)];
  assert.ok(there > fresh, `${there} ${fresh}`);
});

test('a trial keeps to its allowance', () => {
  for (const allowance of [45, 101, 401, 900]) {
    for (const key of [1, 2, 3]) {
      const { runs } = tried(link, (x, y, z) => x * y - z, constant, key, allowance);
      assert.ok(runs <= allowance - 1, `${runs} of ${allowance}`);
    }
  }
});

test('names of the program are not reused for the terms of a regression', () => {
  const text = 'export function f(m, y, z) {\n  return m;\n}\n';
  const score = best(link, (x, y) => 2 * x * y, text, 10, 1601);
  assert.ok(score > 12, `${score}`);
});

test('a program without names for terms, or without a returned number, yields no child and says why', () => {
  const { result } = tried(link, (x) => x, 'export function f() {\n  return 1;\n}\n', 1, 801);
  assert.deepEqual(result, { malformed: 'nothing in scope to make terms of' });
});
