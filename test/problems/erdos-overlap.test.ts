import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { judge, overlap } from '../../problems/erdos-overlap/judge.ts';
import { junk, load, runAsText } from './guest.ts';
import { standsAlone } from './well-formed.ts';

const most = { most: 200 };
const score = (output: unknown) => (judge(most, output) as { score: number }).score;
const near = (a: number, b: number) => assert.ok(Math.abs(a - b) < 1e-15, `${a} and ${b}`);

test('a constant overlaps by 0.5, whatever its height and however many steps it has', () => {
  for (const n of [1, 2, 7, 200]) {
    for (const height of [0, 0.1, 0.5, 1]) assert.equal(score(Array(n).fill(height)), -0.5);
  }
});

test('steps worked out by hand have the overlap they have', () => {
  // At the shift of one step to the left: 0.5 (1 - 0) + 0.5 (1 - 0.5) + 1 (1 - 0.5), in steps of 1/2.
  assert.equal(score([0, 0.5, 0.5, 1]), -0.625);
  // All that is there lies over all that is not, at a shift of one.
  assert.equal(score([1, 0]), -1);
  assert.equal(score([1, 0, 1, 0]), -1);
});

test('the best functions of two and three steps have the overlaps of Haugland', () => {
  near(score([1 / 3, 2 / 3]), -4 / 9);
  const side = 0.5 - 1 / Math.sqrt(40);
  near(score([side, 0.5 + 1 / Math.sqrt(10), side]), -0.4);
});

/** The definition in doubles, with no regard to rounding. */
function plainly(given: readonly number[]): number {
  const n = given.length;
  const sum = given.reduce((all, each) => all + each, 0);
  const scaled =
    2 * sum < n
      ? given.map((each) => 1 - ((1 - each) * n) / 2 / (n - sum))
      : given.map((each) => (each * n) / 2 / sum);
  let worst = 0;
  for (let k = -n; k <= n; k++) {
    let both = 0;
    for (let i = 0; i < n; i++) if (i + k >= 0 && i + k < n) both += scaled[i]! * (1 - scaled[i + k]!);
    worst = Math.max(worst, (2 / n) * both);
  }
  return worst;
}

const heights = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 40 });

test('the exact overlap is that of the plain definition, but for rounding', () => {
  fc.assert(
    fc.property(heights, (given) => Math.abs(score(given) + plainly(given)) < 1e-13),
    { numRuns: 300 },
  );
});

test('mirrored heights, and what is missing from them, have the same overlap', () => {
  const whole = fc.array(fc.bigInt({ min: 0n, max: 1n << 50n }), { minLength: 1, maxLength: 20 });
  fc.assert(
    fc.property(whole, (given) => {
      const lacking = given.map((each) => (1n << 50n) - each);
      return overlap(given) === overlap(given.toReversed()) && overlap(given) === overlap(lacking);
    }),
  );
});

test('no heights get under the proved bound of 0.379005', () => {
  fc.assert(fc.property(heights, (given) => score(given) < -0.379005));
});

test('a sum that is off brings nothing: it is scaled to the sum that it should be', () => {
  const given = [0.25, 0.75, 1, 0.75, 0.25];
  const exactly = given.map((each) => each * (2.5 / 3));
  near(score(given), score(exactly));
  near(score(given.map((each) => each * 0.9)), score(exactly));
});

test('the judge rejects what are no 1 to 200 heights from 0 to 1', () => {
  const attacks: unknown[] = [
    ...junk.filter((each) => !Array.isArray(each)),
    [],
    [[]],
    [[0.5]],
    new Array(3),
    Array(201).fill(0.5),
    new Array(1e6),
    [0.5, NaN],
    [0.5, null],
    [0.5, Infinity],
    [0.5, '0.5'],
    [0.5, true],
    [0.5, [0.5]],
    [0.5, -5e-324],
    [0.5, -1e-9],
    [0.5, 1 + 2 ** -52],
    [0.5, 1e308],
    { 0: 0.5, length: 1 },
    'half',
  ];
  for (const output of attacks) assert.ok('invalid' in judge(most, output), JSON.stringify(output));
});

test('denormals and negative zeros are 0', () => {
  assert.equal(score([5e-324, 1]), score([0, 1]));
  assert.equal(score([-0, 1]), score([0, 1]));
  assert.equal(score([1e-161, 1e-161]), -0.5);
});

test('a program may return a typed array, or count its heights out one by one', async () => {
  const problem = await load('erdos-overlap');
  for (const program of [
    'export function heights() { return new Float64Array([0, 0.5, 0.5, 1]); }',
    'export function heights() { return [0, 0.5, 0.5, 1].values(); }',
  ]) {
    assert.deepEqual(runAsText(problem, program, most), [0, 0.5, 0.5, 1]);
  }
});

test('the picture shows the steps and says the bound', async () => {
  const { picture } = await load('erdos-overlap');
  const drawn = picture!(most, [0, 0.5, 0.5, 1]);
  standsAlone(drawn);
  assert.match(drawn, /<title>4 steps, bound 0\.62500000<\/title>/);
  const corners = /<polyline points="([^"]+)"/.exec(drawn)![1]!.split(' ');
  assert.equal(corners.length, 2 * 4 + 2);
});
