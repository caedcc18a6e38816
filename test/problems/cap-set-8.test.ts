import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { harness, judge } from '../../problems/cap-set-8/cap-set.ts';
import { funSearchCapSet } from '../support/published-rules.ts';
import { junk } from './guest.ts';

const plane = { n: 2 };
const digits = (number: number, n: number): number[] => [...number.toString(3).padStart(n, '0')].map(Number);

/** FunSearch's loop: the first vector of highest priority, then all that it blocks, until none is left. */
function takeNaively(priority: (v: number[], n: number) => number, n: number): number[] {
  const size = 3 ** n;
  const left = Array.from({ length: size }, (_, k) => priority(digits(k, n), n));
  const taken: number[] = [];
  while (left.some((x) => x !== -Infinity)) {
    const number = left.indexOf(Math.max(...left));
    for (const other of taken) {
      const third = digits(number, n).map((d, k) => (6 - d - digits(other, n)[k]!) % 3);
      left[Number.parseInt(third.join(''), 3)] = -Infinity;
    }
    left[number] = -Infinity;
    taken.push(number);
  }
  return taken;
}

test('a cap set is worth its size', () => {
  assert.deepEqual(judge(plane, [0, 1, 3, 4]), { score: 4, measures: { size: 4 } });
  assert.equal((judge(plane, []) as { score: number }).score, 0);
  const cube = Array.from({ length: 256 }, (_, k) => Number.parseInt(k.toString(2), 3));
  assert.equal((judge({ n: 8 }, cube) as { score: number }).score, 256);
});

test('the judge rejects what is not a cap set', () => {
  const sparse = [0, 1, 3, 4];
  delete sparse[1];
  const attacks: unknown[] = [
    ...junk.filter((value) => !Array.isArray(value) || value.length > 0),
    [0, 1, 2],
    [0, 4, 8],
    [8, 0, 4],
    [1, 3, 8],
    [0, 0],
    [0, -0],
    [9],
    [-1],
    [1.5],
    [2 ** 32],
    ['0'],
    [[0, 0]],
    [[0], [1]],
    [null],
    [NaN],
    sparse,
    { 0: 0, length: 1 },
    new Array(10),
    Array.from({ length: 9 }, (_, k) => k),
  ];
  for (const output of attacks) assert.ok('invalid' in judge(plane, output), JSON.stringify(output));
  assert.ok(
    'invalid' in
      judge(
        { n: 8 },
        Array.from({ length: 3 ** 8 }, (_, k) => k),
      ),
  );
});

test('the judge finds any one vector too many in a complete cap set', () => {
  const cap = takeNaively(() => 0, 4);
  assert.ok('score' in judge({ n: 4 }, cap));
  for (let extra = 0; extra < 81; extra++) assert.ok('invalid' in judge({ n: 4 }, [...cap, extra]));
});

test('the fast harness takes the vectors that the plain loop takes, in its order', () => {
  const priorities = fc.array(fc.constantFrom(-Infinity, -1, -0, 0, 0.5, 2, Infinity), {
    minLength: 81,
    maxLength: 81,
  });
  fc.assert(
    fc.property(priorities, fc.constantFrom(2, 4), (table, n) => {
      const priority = (v: number[]) => table[Number.parseInt(v.join(''), 3)]!;
      assert.deepEqual(harness(priority, { n }), takeNaively(priority, n));
    }),
    { numRuns: 60 },
  );
});

test('the priority that FunSearch published gives a cap set of 512 vectors', () => {
  assert.equal((judge({ n: 8 }, harness(funSearchCapSet, { n: 8 })) as { score: number }).score, 512);
});

test('a program that writes to its vector harms no other', () => {
  const harm = (v: number[]) => {
    v.fill(2);
    return 0;
  };
  assert.deepEqual(
    harness(harm, { n: 4 }),
    harness(() => 0, { n: 4 }),
  );
});

test('a priority that is not a number stops the program', () => {
  for (const answer of [NaN, undefined, null, '1', 1n, [1]]) {
    assert.throws(
      () => harness((() => answer) as unknown as () => number, plane),
      /Expected priority of vector 0/,
    );
  }
});
