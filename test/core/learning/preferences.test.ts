import assert from 'node:assert/strict';
import { it } from 'node:test';
import fc from 'fast-check';
import { floorOf, halves } from '../../../ui/export/preferences/halves.ts';
import { mutual, mutualPairs } from '../../../ui/export/preferences/mutual.ts';
import { close } from './near.ts';

it('two rounds of mutual scores are those that were worked out by hand', () => {
  // p0 passes both cases, p1 the first. With d = 1/2 from 1 each:
  // round 1: p = 0.5 + 0.5 * (2, 1) = (1.5, 1); c = 0.5 + 0.5 * (2, 1) = (1.5, 1)
  // round 2: p = 0.5 * 1.5 + 0.5 * 2.5 = 2, 0.5 * 1 + 0.5 * 1.5 = 1.25; c alike. Means are 1.625.
  const { programs, cases } = mutual(
    [
      [true, true],
      [true, false],
    ],
    0.5,
    2,
  );
  close(programs, [2 / 1.625, 1.25 / 1.625]);
  close(cases, [2 / 1.625, 1.25 / 1.625]);
});

it('a case that only a bad program passes counts for little', () => {
  const passes = [
    [true, true, true, false],
    [true, true, true, false],
    [true, true, false, false],
    [false, false, false, true],
  ];
  const { programs, cases } = mutual(passes);
  assert.ok(programs[0]! > programs[2]! && programs[2]! > programs[3]!, `${programs}`);
  assert.equal(programs[0], programs[1]);
  assert.ok(cases[3]! < 0.01 * cases[0]!, `${cases}`);
});

it('a program that passes all that another does, and more, is never trusted less', () => {
  const row = fc.array(fc.boolean(), { minLength: 5, maxLength: 5 });
  fc.assert(
    fc.property(fc.array(row, { minLength: 1, maxLength: 6 }), (passes) => {
      const more = passes[0]!.map(() => true);
      const { programs } = mutual([more, ...passes]);
      assert.ok(programs.every((each) => each <= programs[0]! * (1 + 1e-12)));
    }),
  );
});

it('pairs go by trust, and by time among the trusted', () => {
  const judged = (trust: number, milliseconds: number) => ({ trust, milliseconds });
  const programs = [judged(2, 10), judged(2, 30), judged(1, 1), judged(1, 100)];
  const { correctness, speed } = mutualPairs(programs, 0.5, 2);
  assert.deepEqual(correctness, [
    [0, 2],
    [0, 3],
    [1, 2],
    [1, 3],
  ]);
  assert.deepEqual(speed, [[0, 1]]);
  assert.deepEqual(mutualPairs(programs, 0.5, 3).speed, []);
});

it('the better half is preferred to the worse, and what scored, in turn, to what failed', () => {
  const scores = [3, undefined, 9, 5, undefined, 1, undefined, 7];
  // Best first: 9, 7, 5, 3, 1 at 2, 7, 3, 0, 5; the middle one is in neither half.
  assert.deepEqual(halves(scores, Number.NEGATIVE_INFINITY), [
    [2, 0],
    [7, 5],
    [2, 1],
    [7, 4],
    [3, 6],
  ]);
  assert.deepEqual(halves(scores, 8), [
    [2, 0],
    [2, 1],
  ]);
  assert.deepEqual(halves([4, 4], 0), []);
  assert.deepEqual(halves([undefined, undefined], 0), []);
  assert.deepEqual(halves([1, undefined, undefined], 0), [
    [0, 1],
    [0, 2],
  ]);
});

it('seven tenths of the scores lie below the floor', () => {
  assert.equal(floorOf([9, 0, 1, 2, 3, 4, 5, 6, 7, 8]), 7);
  assert.equal(floorOf([3], 1), 3);
  assert.equal(floorOf([]), Number.NEGATIVE_INFINITY);
});
