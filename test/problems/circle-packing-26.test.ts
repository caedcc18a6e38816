import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  type Circle,
  exact,
  exactSum,
  inside,
  overlap,
  overlapExactly,
} from '../../problems/circle-packing-26/exact.ts';
import { judge } from '../../problems/circle-packing-26/judge.ts';
import { junk, load } from './guest.ts';
import { elements } from './well-formed.ts';

const two = { circles: 2 };
const touching: Circle[] = [
  [0.25, 0.25, 0.25],
  [0.75, 0.25, 0.25],
];
const ulp = 2 ** -53;

/** The next double above a positive one. */
const above = (x: number): number => {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, x);
  view.setBigUint64(0, view.getBigUint64(0) + 1n);
  return view.getFloat64(0);
};

test('circles may touch each other and the walls, and not by one unit in the last place more', () => {
  assert.deepEqual(judge(two, touching), { score: 0.5, measures: { sum: 0.5 } });
  assert.ok('invalid' in judge(two, [touching[0]!, [0.75 - ulp, 0.25, 0.25 - 2 * ulp]]) === false);
  assert.ok('invalid' in judge(two, [touching[0]!, [0.75 - ulp, 0.25, 0.25]]));
  assert.ok('invalid' in judge(two, [touching[0]!, [0.75, 0.25, above(0.25)]]));
  assert.ok('invalid' in judge({ circles: 1 }, [[0.5, 0.5, above(0.5)]]));
  assert.ok('score' in judge({ circles: 1 }, [[0.5, 0.5, 0.5]]));
});

test('the judge rejects what is not a packing', () => {
  const attacks: unknown[] = [
    ...junk,
    [],
    [touching[0]],
    [...touching, [0.5, 0.9, 0.01]],
    [touching[0], touching[0]],
    [[NaN, 0.25, 1e9], touching[1]],
    [[0.25, NaN, 0.25], touching[1]],
    [[0.25, 0.25, NaN], touching[1]],
    [[0.25, 0.25, null], touching[1]],
    [[0.25, 0.25, '0.25'], touching[1]],
    [[0.25, 0.25, [0.25]], touching[1]],
    [[0.25, 0.25, -0.25], touching[1]],
    [[0.25, 0.25, Infinity], touching[1]],
    [[0.25, 0.25], touching[1]],
    [[0.25, 0.25, 0.25, 0], touching[1]],
    [[-0.25, 0.25, 0], touching[1]],
    [[1.25, 0.25, 0], touching[1]],
    [{ 0: 0.25, 1: 0.25, 2: 0.25, length: 3 }, touching[1]],
    [new Array(3), touching[1]],
    new Array(2),
    // A point inside another circle.
    [touching[0], [0.25, 0.25, 0]],
    [touching[0], [0.3, 0.3, 5e-324]],
  ];
  for (const output of attacks) assert.ok('invalid' in judge(two, output), JSON.stringify(output));
});

test('a circle of no size is worth nothing, and neither is a negative zero', () => {
  assert.equal((judge(two, [touching[0], [0.75, 0.75, 0]]) as { score: number }).score, 0.25);
  assert.equal((judge(two, [touching[0], [0.75, 0.75, -0]]) as { score: number }).score, 0.25);
});

test('doubles become whole numbers without loss', () => {
  assert.equal(exact(5e-324), 1n);
  assert.equal(exact(1), 1n << 1074n);
  assert.equal(exact(-0.75), -(3n << 1072n));
  assert.equal(exact(-0), 0n);
  assert.equal(exact(2 ** -1022), 1n << 52n);
});

test('the sum of radii does not depend on their order', () => {
  assert.equal(exactSum([1, ulp, ulp]), 1 + 2 * ulp);
  assert.equal(exactSum([ulp, ulp, 1]), exactSum([1, ulp, ulp]));
  assert.notEqual(1 + ulp + ulp, 1 + 2 * ulp);
});

const unit = fc.double({ min: 0, max: 1, noNaN: true });

test('the filtered test for overlap equals the exact one, far apart and a hair from touching', () => {
  const circle = fc.tuple(unit, unit, unit);
  fc.assert(fc.property(circle, circle, (a, b) => overlap(a, b) === overlapExactly(a, b)));
  const hair = fc.integer({ min: -40, max: 40 });
  fc.assert(
    fc.property(circle, circle, unit, hair, ([x, y], [a, b], share, hairs) => {
      const reach = Math.sqrt((x - a) ** 2 + (y - b) ** 2) + hairs * ulp;
      const r = Math.max(0, share * reach);
      const one: Circle = [x, y, r];
      const other: Circle = [a, b, Math.max(0, reach - r)];
      return overlap(one, other) === overlapExactly(one, other);
    }),
    { numRuns: 5000 },
  );
});

test('circles whose centres are a Pythagorean 5/8 apart touch exactly', () => {
  const one: Circle = [0.125, 0.25, 0.3125];
  const other: Circle = [0.5, 0.75, 0.3125];
  assert.equal(overlap(one, other), false);
  assert.equal(overlap(one, [0.5, 0.75, above(0.3125)]), true);
});

test('the test for lying in the square equals the exact one', () => {
  const isInside = ([x, y, r]: Circle) =>
    [x, y].every((c) => exact(c) >= exact(r) && exact(c) + exact(r) <= exact(1));
  const wall = fc.tuple(unit, fc.constantFrom(-2, -1, 0, 1, 2));
  fc.assert(
    fc.property(wall, unit, ([x, ulps], y) => {
      const r = Math.max(0, 1 - x + ulps * ulp);
      return inside([x, y, r]) === isInside([x, y, r]) && inside([y, x, r]) === isInside([y, x, r]);
    }),
    { numRuns: 3000 },
  );
});

test('the picture has every circle in its square, and those that touch little in another colour', async () => {
  const { picture } = await load('circle-packing-26');
  const drawn = picture!({ circles: 3 }, [...touching, [0.5, 0.9, 0.1]]);
  assert.equal(elements(drawn).get('circle'), 3);
  assert.match(drawn, /<title>3 circles, sum of radii 0\.60000000<\/title>/);
  // The first two touch three walls or circles each, the third one wall.
  const fills = Array.from(drawn.matchAll(/<circle[^>]* fill="([^"]+)"/g), (match) => match[1]);
  assert.equal(fills[0], fills[1]);
  assert.notEqual(fills[0], fills[2]);
});

const file = `${process.env.ATOLL_DATA ?? '../shared/data'}/circle_reference_packings.json`;

test('published packings pass if they are exact and fail if they lean on a tolerance', {
  skip: existsSync(file) ? false : `${file} is absent`,
}, async () => {
  const packings = JSON.parse(readFileSync(file, 'utf8'));
  const { target } = await load('circle-packing-26');
  const score = (name: string) =>
    judge({ circles: packings[name].length }, packings[name]) as { score: number };
  assert.equal(score('ae26').score.toFixed(8), '2.63586276');
  assert.equal(score('ae32').score.toFixed(8), '2.93794453');
  assert.equal(score('theta_ShinkaEvolve').score.toFixed(8), '2.63598283');
  assert.ok(score('theta_8B-w_RL@65-Formal').score >= target!);
  assert.ok('invalid' in score('theta_8B-w_RL@65'));
  for (const packing of Object.values<Circle[]>(packings)) {
    for (const [i, a] of packing.entries()) {
      for (const b of packing.slice(0, i)) assert.equal(overlap(a, b), overlapExactly(a, b));
    }
  }
});
