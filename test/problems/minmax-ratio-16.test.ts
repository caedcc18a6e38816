import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { extremes, judge } from '../../problems/minmax-ratio-16/judge.ts';
import type { Point } from '../../problems/plane.ts';
import { junk, load, runAsText } from './guest.ts';
import { elements, standsAlone } from './well-formed.ts';

const scatter = { points: 16, reach: 1000, apart: 1e-3 };
const three = { ...scatter, points: 3 };
const grid = Array.from({ length: 16 }, (_, i): Point => [i % 4, Math.floor(i / 4)]);
const score = (output: unknown, rules = scatter) => (judge(rules, output) as { score: number }).score;

test('a 4 by 4 grid has 18, wherever it lies and whatever its size, within the bounds', () => {
  assert.equal(score(grid), -18);
  assert.equal(score(grid.map(([x, y]) => [x - 1000, 2 - y])), -18);
  assert.equal(score(grid.map(([x, y]) => [x / 512, y / 512])), -18);
  assert.equal(score(grid.map(([x, y]) => [600 * (x - 1.5), 600 * (y - 1.5)])), -18);
});

test('a triangle of sides 3, 4 and 5 has 25/9, rounded once', () => {
  assert.equal(
    score(
      [
        [0, 0],
        [3, 0],
        [0, 4],
      ],
      three,
    ),
    -25 / 9,
  );
});

test('the judge rejects what are no 16 points within the bounds', () => {
  const rest = grid.slice(1);
  const attacks: unknown[] = [
    ...junk,
    [],
    rest,
    [...grid, [9, 9]],
    new Array(16),
    [[NaN, 0], ...rest],
    [[0, null], ...rest],
    [[0, Infinity], ...rest],
    [[0, -Infinity], ...rest],
    [['0', 0], ...rest],
    [[[0], 0], ...rest],
    [[0], ...rest],
    [[0, 0, 0], ...rest],
    [new Array(2), ...rest],
    [{ 0: 0, 1: 0, length: 2 }, ...rest],
    [[1000.0000000000001, 0], ...rest],
    [[0, -1000.0000000000001], ...rest],
    [[1e161, 0], ...rest],
    Array(16).fill([1e308, 0]),
    // Two points in one place, or a hair from it: the ratio would be NaN, infinite or rounded away.
    [[1, 0], ...rest],
    [[1 + 2 ** -52, 0], ...rest],
    Array(16).fill([0, 0]),
    grid.map(([x, y]) => [x * 1e-161, y * 1e-161]),
    grid.map(([x, y]) => [x * 5e-324, y * 5e-324]),
  ];
  for (const output of attacks) assert.ok('invalid' in judge(scatter, output), JSON.stringify(output));
});

test('the least distance is held to the last place', () => {
  const pair = { ...scatter, points: 2 };
  const below = 1e-3 - 2 ** -62;
  assert.ok(below < 1e-3);
  assert.equal(
    score(
      [
        [0, 0],
        [1e-3, 0],
      ],
      pair,
    ),
    -1,
  );
  assert.ok(
    'invalid' in
      judge(pair, [
        [0, 0],
        [below, 0],
      ]),
  );
  // Far from the origin the same distance cannot be written, and what is written is what counts.
  assert.ok(
    'invalid' in
      judge(pair, [
        [999, 0],
        [999 + 1e-3, 0],
      ]) ===
      !(999 + 1e-3 - 999 >= 1e-3),
  );
});

test('the closest and the farthest pair are those of plain arithmetic where it can tell', () => {
  const point = fc.tuple(fc.integer({ min: -999, max: 999 }), fc.integer({ min: -999, max: 999 }));
  fc.assert(
    fc.property(fc.array(point, { minLength: 3, maxLength: 8 }), (points) => {
      const squares = points.flatMap(([x, y], i) =>
        points.slice(0, i).map(([a, b]) => BigInt((x - a) ** 2 + (y - b) ** 2)),
      );
      const { least, most } = extremes(points);
      const unit = 1n << 2148n;
      const sorted = squares.toSorted((a, b) => (a < b ? -1 : 1));
      return least.square === sorted[0]! * unit && most.square === sorted.at(-1)! * unit;
    }),
  );
});

test('a program may return its points as typed arrays', async () => {
  const problem = await load('minmax-ratio-16');
  const program = 'export function points() { return [Float64Array.of(0, 1), Float64Array.of(2, 3)]; }';
  assert.deepEqual(runAsText(problem, program, scatter), [
    [0, 1],
    [2, 3],
  ]);
});

test('the picture draws 16 points, and of a grid its 24 shortest pairs and 2 diagonals', async () => {
  const { picture } = await load('minmax-ratio-16');
  const drawn = picture!(scatter, grid);
  standsAlone(drawn);
  assert.equal(elements(drawn).get('circle'), 16);
  assert.equal(elements(drawn).get('line'), 24 + 2);
  assert.match(drawn, /<title>.*18\.000000<\/title>/);
});
