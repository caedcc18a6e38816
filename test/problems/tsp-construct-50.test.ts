import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { random } from '../../core/search/random.ts';
import { harness, type Score } from '../../problems/tsp-construct-50/harness.ts';
import { judge, type Tour } from '../../problems/tsp-construct-50/judge.ts';
import { junk, load, runAsText } from './guest.ts';

const square: Tour = {
  points: [
    [0, 0],
    [1, 0],
    [1, 1],
    [0, 1],
  ],
};

/** The rule's arguments, computed from scratch for each candidate. */
function buildNaively(score: Score, { points }: Tour): number[] {
  const d = (i: number, j: number) =>
    Math.sqrt((points[i]![0] - points[j]![0]) ** 2 + (points[i]![1] - points[j]![1]) ** 2);
  const tour = [0];
  while (tour.length < points.length) {
    const current = tour.at(-1)!;
    const unvisited = [...points.keys()].filter((i) => !tour.includes(i));
    const closest = Math.min(...unvisited.map((i) => d(current, i)));
    const answers = unvisited.map((i) => {
      const others = unvisited.filter((j) => j !== i).map((j) => d(i, j));
      const sorted = [...others].sort((a, b) => a - b);
      const mean = others.reduce((sum, x) => sum + x, 0) / (others.length || 1);
      const variance = others.reduce((sum, x) => sum + (x - mean) ** 2, 0) / (others.length || 1);
      const nearest = sorted[0] ?? 0;
      const left = unvisited.length / (points.length - 1);
      return score(
        d(current, i),
        d(i, 0),
        mean,
        Math.sqrt(variance),
        nearest,
        left,
        sorted[1] ?? nearest,
        closest,
      );
    });
    tour.push(unvisited[answers.indexOf(Math.min(...answers))]!);
  }
  return tour;
}

test('the round tour of a unit square has length 4, and crossing it costs 2 sqrt 2 - 2 more', () => {
  assert.deepEqual(judge(square, [0, 1, 2, 3]), { score: -4, measures: { length: 4 } });
  assert.equal((judge(square, [2, 1, 0, 3]) as { score: number }).score, -4);
  const crossed = (judge(square, [0, 2, 1, 3]) as { score: number }).score;
  assert.ok(Math.abs(crossed + 2 + 2 * Math.SQRT2) < 1e-15);
});

test('the judge rejects what is not a tour', () => {
  const sparse = [0, 1, 2, 3];
  delete sparse[2];
  const attacks: unknown[] = [
    ...junk,
    [],
    [0, 1, 2],
    [0, 1, 2, 3, 0],
    [0, 1, 2, 2],
    [0, 0, 0, 0],
    [-0, 0, 1, 2],
    [0, 1, 2, 4],
    [0, 1, 2, -1],
    [0, 1, 2, '3'],
    [0, 1, 2, null],
    [0, 1, 2, NaN],
    [0, 1, 2, 2.5],
    [0, 1, 2, [3]],
    [0, 1, 2, 2 ** 32 + 3],
    sparse,
    { 0: 0, 1: 1, 2: 2, 3: 3, length: 4 },
  ];
  for (const output of attacks) assert.ok('invalid' in judge(square, output), JSON.stringify(output));
});

test('the fast harness tells the rule what the plain loop does, and builds the same tour', () => {
  const weight = fc.double({ min: -1, max: 1, noNaN: true });
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 1e9 }),
      fc.integer({ min: 1, max: 30 }),
      fc.array(weight, { minLength: 8, maxLength: 8 }),
      (seed, n, weights) => {
        const draws = random('tsp test', seed);
        const input: Tour = {
          points: Array.from({ length: n }, () => [draws.next(), draws.next()] as const),
        };
        const recorded =
          (log: number[]): Score =>
          (...given) => {
            log.push(...given);
            // A dull rule would tie everywhere, and rounding would break the ties.
            return given.reduce((sum, x, k) => sum + (weights[k]! + 0.01 * k) * x, given[0] * given[3]);
          };
        const ours: number[] = [];
        const theirs: number[] = [];
        assert.deepEqual(harness(recorded(ours), input), buildNaively(recorded(theirs), input));
        assert.equal(ours.length, theirs.length);
        assert.ok(ours.every((x, k) => Math.abs(x - theirs[k]!) < 1e-6));
      },
    ),
    { numRuns: 150 },
  );
});

test('ties go to the lowest number, whatever the sign of zero', () => {
  let calls = 0;
  assert.deepEqual(
    harness(() => (calls++ % 2 ? -0 : 0), square),
    [0, 1, 2, 3],
  );
  assert.deepEqual(
    harness(() => Infinity, square),
    [0, 1, 2, 3],
  );
});

test('nothing is left to measure at the last city, and it is measured as 0', () => {
  let last: number[] = [];
  harness((...given) => {
    last = given;
    return given[0];
  }, square);
  assert.deepEqual(last, [1, 1, 0, 0, 0, 1 / 3, 0, 1]);
});

test('a score that is not a number stops the program', () => {
  for (const answer of [NaN, undefined, null, '1', 1n, [1]]) {
    assert.throws(() => harness((() => answer) as unknown as Score, square), /Expected score/);
  }
});

test('a rule cannot see the map, even in a sloppy sandbox', async () => {
  const spy = `function score(d) {
    if (score.caller) throw new Error('saw ' + score.caller);
    return d;
  }`;
  assert.deepEqual(runAsText(await load('tsp-construct-50'), spy, square), [0, 1, 2, 3]);
});

test('cities are uniform in the unit square', async () => {
  const points = (await load('tsp-construct-50')).cases.flatMap(({ input }) => (input as Tour).points);
  assert.equal(points.length, 512 * 50);
  assert.ok(points.every(([x, y]) => x >= 0 && x < 1 && y >= 0 && y < 1));
  const share = (part: (p: readonly [number, number]) => boolean) =>
    points.filter(part).length / points.length;
  for (const quarter of [
    share(([x, y]) => x < 0.5 && y < 0.5),
    share(([x, y]) => x < 0.5 && y >= 0.5),
    share(([x, y]) => x >= 0.5 && y < 0.5),
  ]) {
    assert.ok(Math.abs(quarter - 0.25) < 0.02);
  }
});
