import assert from 'node:assert/strict';
import { test } from 'node:test';
import { analyse } from '../../../../../core/languages/javascript/operators/analysis/analyse.ts';
import { bestSubset } from '../../../../../core/languages/javascript/operators/best-subset.ts';
import type { Expression } from '../../../../../core/languages/javascript/operators/expression.ts';
import { product } from '../../../../../core/languages/javascript/operators/factor.ts';
import {
  onInstruments,
  orthogonalised,
} from '../../../../../core/languages/javascript/operators/instrumental-variables.ts';
import { balance, sidesOf } from '../../../../../core/languages/javascript/operators/ratio.ts';
import type { Term } from '../../../../../core/languages/javascript/operators/term.ts';
import { level } from '../../../../../core/languages/javascript/precedence.ts';
import { random } from '../../../../../core/search/random.ts';
import { type Law, tell } from './laws.ts';

const dot = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((sum, each, i) => sum + each * b[i]!, 0);
const gramOf = (vectors: readonly (readonly number[])[]) => vectors.map((a) => vectors.map((b) => dot(a, b)));
const term = (...names: string[]): Term =>
  names.map((name) => ({ of: { text: name, level: level.primary }, power: 1 }));
const written = ({ text }: Expression) => ({
  'p.js': `export function f(x, y, z) {\n  return ${text};\n}\n`,
});

/** What is left of a vector beside others: by Gram and Schmidt, twice. */
function leftOf(vector: readonly number[], others: readonly (readonly number[])[]): number {
  const basis: number[][] = [];
  const apart = (from: readonly number[]): number[] =>
    [...basis, ...basis].reduce((rest, b) => rest.map((each, i) => each - dot(rest, b) * b[i]!), [...from]);
  for (const other of others) {
    const rest = apart(other);
    const length = Math.sqrt(dot(rest, rest));
    if (length > 1e-9) basis.push(rest.map((each) => each / length));
  }
  const rest = apart(vector);
  return dot(rest, rest);
}

test('the best subset is that of trying them all one by one', () => {
  for (let key = 0; key < 20; key++) {
    const draw = random('subset', key);
    const vectors = Array.from({ length: 8 }, () => Array.from({ length: 12 }, () => draw.normal()));
    vectors[5] = vectors[2]!.map((each, i) => each + 1e-7 * vectors[3]![i]!);
    const { terms, weights, rest } = bestSubset(gramOf(vectors), 4, 3);
    const sets = Array.from({ length: 256 }, (_, mask) => [...vectors.keys()].filter((k) => mask & (1 << k)));
    const least = Math.min(
      ...sets
        .filter((set) => set.length <= 3 && !set.includes(4))
        .map((set) =>
          leftOf(
            vectors[4]!,
            set.map((k) => vectors[k]!),
          ),
        ),
    );
    assert.ok(Math.abs(rest - least) < 1e-5, `${rest} ${least}`);
    const left = vectors[4]!.map((each, i) =>
      terms.reduce((sum, k, a) => sum - weights[a]! * vectors[k]![i]!, each),
    );
    assert.ok(Math.abs(dot(left, left) - rest) < 1e-6 * dot(vectors[4]!, vectors[4]!));
  }
});

test('a larger subset has to take something away', () => {
  const { terms } = bestSubset(
    gramOf([
      [2, 2, 0],
      [1, 1, 0],
      [0, 0, 1],
    ]),
    0,
    2,
  );
  assert.deepEqual(terms, [1]);
});

test('coordinates at right angles have the inner products of vectors as far as those lie among the given ones', () => {
  const draw = random('angles');
  const given = Array.from({ length: 4 }, () => Array.from({ length: 9 }, () => draw.normal()));
  given.push(given[0]!.map((each, i) => 2 * each - given[1]![i]!));
  const angles = orthogonalised(gramOf(given));
  const mixed = Array.from({ length: 3 }, () => {
    const by = given.map(() => draw.normal());
    return given[0]!.map((_, i) => given.reduce((sum, vector, k) => sum + by[k]! * vector[i]!, 0));
  });
  const along = mixed.map((vector) => angles(given.map((each) => dot(each, vector))));
  assert.equal(along[0]!.length, 4);
  for (const [i, a] of mixed.entries())
    for (const [j, b] of mixed.entries())
      assert.ok(Math.abs(dot(along[i]!, along[j]!) - dot(a, b)) < 1e-9 * Math.abs(dot(a, b)) + 1e-9);
});

test('terms times what ought to be returned balance those of the law, though no program says what that is', () => {
  const law: Law = (x, y, z) => (x * y + z * z) / (x + z);
  const budget = { left: 500 };
  const instruments = [[], term('x'), term('y'), term('z'), term('x', 'y'), term('y', 'z')];
  const untied = [term('x', 'y'), term('z', 'z'), term('y')];
  const tied = [term('x'), term('z')];
  const { result, runs } = tell(onInstruments(instruments, untied, tied, { written, budget }), law);
  assert.equal(500 - budget.left, runs);
  // Products that coincide are run once.
  assert.ok(runs < 1 + instruments.length + untied.length + instruments.length * tied.length);
  const short = { written, budget: { left: runs - 1 } };
  assert.deepEqual(tell(onInstruments(instruments, untied, tied, short), law), {
    result: undefined,
    runs: 0,
  });
  const columns = result!;
  assert.deepEqual(
    columns.map((each) => `${each.tied ? 'y ' : ''}${product(each.term).text}`),
    ['x * y', 'z ** 2', 'y', 'y x', 'y z'],
  );
  const { terms, weights, rest } = bestSubset(gramOf(columns.map(({ along }) => along)), 3, 3);
  assert.deepEqual(terms, [0, 1, 4]);
  for (const [i, each] of [1, 1, -1].entries()) assert.ok(Math.abs(weights[i]! - each) < 1e-6, `${weights}`);
  assert.ok(rest < 1e-9, `${rest}`);
});

for (const [name, law] of [
  ['weighted mean', (x, y, z) => (x * y + z * z) / (x + z)],
  ['two sums', (x, y, z) => (x * z + 2 * y) / (x + 0.3 * y * z)],
  ['no sum below', (x, y, z) => x * y - 3 * z],
] satisfies [string, Law][]) {
  test(`${name}: found in most trials of 1,600 runs, from nothing`, () => {
    const found = Array.from({ length: 10 }, (_, key) => {
      const ground = {
        written,
        budget: { left: 1600 },
        names: ['x', 'y', 'z'],
        random: random('ratio', key),
      };
      const { result, runs } = tell(balance({ above: [], below: [] }, ground), law);
      assert.ok(runs <= 1600);
      return (result?.score ?? 0) > 12;
    }).filter(Boolean).length;
    assert.ok(found >= 6, `${found} of 10`);
  });
}

test('a ratio is known again by its terms, and nothing else is taken for one', () => {
  const told = (text: string) => {
    const program = analyse(`export function f(x, y, z) {\n  return ${text};\n}\n`, 'javascript', 'f');
    assert.ok(typeof program !== 'string');
    const site = program.sites.find(({ under }) => under.type === 'ReturnStatement')!;
    const sides = sidesOf(program, site.node);
    return sides && [sides.above, sides.below].map((terms) => terms.map((each) => product(each).text));
  };
  assert.deepEqual(told('(2 * x * y - z ** 2) / (1 - 0.5 * x / z + y)'), [
    ['x * y', 'z ** 2'],
    ['x / z', 'y'],
  ]);
  assert.equal(told('(x + y) / z'), undefined);
  assert.equal(told('x + y / (z + 1)'), undefined);
});
