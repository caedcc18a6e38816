import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { defineProblem } from '../../../core/languages/define-problem.ts';
import { notJson } from '../../../core/search/json.ts';
import { doubling } from '../../evaluators/doubling.ts';

test('a value is let through exactly if it comes back the same from JSON', () => {
  const values = fc.anything({
    withBigInt: true,
    withDate: true,
    withMap: true,
    withSparseArray: true,
    withTypedArray: true,
    withNullPrototype: false,
  });
  const same = (a: unknown): boolean => {
    try {
      assert.deepStrictEqual(JSON.parse(JSON.stringify(a)), a);
      return true;
    } catch {
      return false;
    }
  };
  fc.assert(
    fc.property(values, (value) => {
      assert.equal(notJson(value) === undefined, same(value));
    }),
    { numRuns: 2000 },
  );
});

test('what is wrong is named with its path', () => {
  class Point {}
  const circle: { self?: object } = {};
  circle.self = circle;
  const odd: [unknown, string][] = [
    [{ points: [1, 2, Number.NaN] }, 'NaN at input.points[2]'],
    [[[Number.POSITIVE_INFINITY]], 'Infinity at input[0][0]'],
    [-0, '-0 at input'],
    [undefined, 'undefined at input'],
    [{ a: undefined }, 'undefined at input.a'],
    [{ a: () => 1 }, 'a function at input.a'],
    [10n, 'a bigint at input'],
    [new Date(0), 'a Date at input'],
    [{ p: new Point() }, 'a Point at input.p'],
    [new Float64Array(2), 'a Float64Array at input'],
    [new Array(3), 'a list with holes or other properties at input'],
    [circle, 'a circle at input.self'],
    [JSON.parse('{"__proto__": 1}'), 'a property __proto__ at input'],
  ];
  for (const [value, wanted] of odd) assert.equal(notJson(value), wanted);
  const twice = { x: 1 };
  assert.equal(notJson([twice, twice]), undefined);
});

test('a problem with an input that is no JSON is refused, with the case and the path', () => {
  const cases = [
    { id: 'fine', input: [1], use: 'scored' as const },
    { id: 'odd', input: { x: [Number.NaN] }, use: 'held-out' as const },
  ];
  assert.throws(() => doubling({ cases }), {
    name: 'ConfigError',
    message: 'Expected inputs to be JSON, got NaN at input.x[0] (problem doubling, case odd)',
  });
  assert.ok(defineProblem(doubling({ cases: cases.slice(0, 1) })));
});
