import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { inside, judge, smallest } from '../../problems/heilbronn-triangle-11/judge.ts';
import type { Point } from '../../problems/plane.ts';
import { junk, load } from './guest.ts';
import { elements, standsAlone } from './well-formed.ts';

const eleven = { points: 11 };
const ulp = 2 ** -53;
const score = (output: unknown, points = 11) => (judge({ points }, output) as { score: number }).score;
/** On a curve that bends one way, so that no three are in line. */
const bent = Array.from({ length: 11 }, (_, i): Point => [i / 16, (i / 16) ** 2 / 2]);

test('three corners form the whole triangle, and four points with the middle a third of it', () => {
  assert.equal(
    score(
      [
        [0, 0],
        [1, 0],
        [0, 1],
      ],
      3,
    ),
    1,
  );
  assert.equal(
    score(
      [
        [0, 0],
        [1, 0],
        [0, 1],
        [0.25, 0.25],
      ],
      4,
    ),
    0.25,
  );
  assert.ok(
    Math.abs(
      score(
        [
          [0, 0],
          [1, 0],
          [0, 1],
          [1 / 3, 1 / 3],
        ],
        4,
      ) -
        1 / 3,
    ) < ulp,
  );
});

test('three points in line are worth nothing, and a last place beside the line is worth just that', () => {
  const line: Point[] = [
    [0, 0],
    [0.5, 0.25],
    [1 - ulp, 0],
  ];
  assert.equal(
    score(
      [
        [0, 0],
        [0.25, 0.25],
        [0.5, 0.5],
      ],
      3,
    ),
    0,
  );
  assert.equal(
    score(
      [
        [0, 0],
        [0.25, 0.25],
        [0.5, 0.5 - ulp],
      ],
      3,
    ),
    0.25 * ulp,
  );
  assert.equal(score(line, 3), 0.25 * (1 - ulp));
  assert.equal(score([...bent.slice(0, 10), bent[0]!]), 0);
});

test('points 1/16 apart on a parabola form what the determinant says', () => {
  // Three consecutive ones: half of (1/16)^3 times the product of the gaps 1, 1 and 2.
  assert.equal(score(bent), 1 / 16 ** 3);
});

test('the rim is inside, and one unit in the last place beyond is not', () => {
  assert.equal(inside([0.5, 0.5]), true);
  assert.equal(inside([0.5, 0.5 + 2 * ulp]), false);
  assert.equal(inside([1 - ulp, ulp]), true);
  // The sum of these rounds to 1.
  assert.equal(1 - ulp + 1.5 * ulp, 1);
  assert.equal(inside([1 - ulp, 1.5 * ulp]), false);
  assert.equal(inside([1, 5e-324]), false);
  assert.equal(inside([-5e-324, 0]), false);
  assert.equal(inside([0, 1]), true);
});

test('the judge rejects what are no 11 points of the triangle', () => {
  const rest = bent.slice(1);
  const attacks: unknown[] = [
    ...junk,
    [],
    rest,
    [...bent, [0.1, 0.9]],
    new Array(11),
    [[NaN, 0], ...rest],
    [[null, 0], ...rest],
    [[0, Infinity], ...rest],
    [['0', 0], ...rest],
    [[[0], 0], ...rest],
    [[0], ...rest],
    [[0, 0, 0], ...rest],
    [new Array(2), ...rest],
    [{ 0: 0, 1: 0, length: 2 }, ...rest],
    [[1e9, 1e9], ...rest],
    [[1, 1], ...rest],
    [[-0.5, 0.5], ...rest],
    [[0.5, -5e-324], ...rest],
    [[0.5, 0.5 + 2 * ulp], ...rest],
  ];
  for (const output of attacks) assert.ok('invalid' in judge(eleven, output), JSON.stringify(output));
});

test('an affine map of a triangle onto itself changes no share', () => {
  const thirds = ([x, y]: Point): Point => [y, 1 - x - y];
  const part = fc.integer({ min: 0, max: 64 });
  const point = fc
    .tuple(part, part)
    .filter(([x, y]) => x + y <= 64)
    .map(([x, y]): Point => [x / 64, y / 64]);
  fc.assert(
    fc.property(
      fc.array(point, { minLength: 3, maxLength: 6 }),
      (points) => smallest(points).share === smallest(points.map(thirds)).share,
    ),
  );
});

test('the picture draws 11 points and the smallest triangle, with its share', async () => {
  const { picture } = await load('heilbronn-triangle-11');
  const drawn = picture!(eleven, bent);
  standsAlone(drawn);
  assert.equal(elements(drawn).get('circle'), 11);
  assert.equal(elements(drawn).get('polyline'), 2);
  assert.match(drawn, /<title>11 points, smallest triangle 0\.00024414/);
});
