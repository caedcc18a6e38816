import assert from 'node:assert/strict';
import { test } from 'node:test';
import { load, runAsText } from './guest.ts';
import { elements, standsAlone } from './well-formed.ts';

/** The picture of what a program, the seed if none is given, makes of the first case. */
async function pictureOf(name: string, program?: string): Promise<string> {
  const problem = await load(name);
  const { input } = problem.cases.find((each) => each.use !== 'held-out')!;
  const output = runAsText(problem, program ?? Object.values(problem.seeds[0]!)[0]!, input);
  assert.ok('score' in problem.judge(input, output));
  return problem.picture!(input, output);
}

const count = (picture: string, name: string) => elements(picture).get(name) ?? 0;

for (const name of [
  'bin-packing-or3',
  'bin-packing-weibull',
  'cap-set-8',
  'circle-packing-26',
  'matmul-3x3',
  'symbolic-regression',
  'tsp-construct-50',
]) {
  test(`the picture of ${name} stands by itself and says what it is`, async () => {
    standsAlone(await pictureOf(name));
  });
}

test('a packing of few bins shows every item and the room that each bin has left', async () => {
  const picture = await pictureOf('bin-packing-or3');
  const bins = Number(/<title>(\d+) bins/.exec(picture)![1]);
  assert.ok(bins > 200 && bins < 230);
  // The ground, five shades and one orange of the legend; the rest is drawn to scale.
  assert.equal(count(picture, 'rect'), 1 + 500 + bins + 6);
});

test('a packing of thousands of bins shows their loads, full ones first', async () => {
  const picture = await pictureOf('bin-packing-weibull');
  assert.match(picture, /<title>2\d\d\d bins, 2\d\d\d is a lower bound/);
  const points = /points="([^"]+)"/
    .exec(picture)![1]!
    .split(' ')
    .map((point) => point.split(',').map(Number));
  const inner = points.slice(1, -1).map(([, y]) => y!);
  assert.ok(inner.length > 10 && inner.length < 1000, `${inner.length} corners`);
  assert.deepEqual(
    inner,
    inner.toSorted((a, b) => a - b),
  );
});

test('a tour is drawn through every city, and says its length', async () => {
  const picture = await pictureOf('tsp-construct-50');
  assert.deepEqual([count(picture, 'polyline'), count(picture, 'circle')], [50, 51]);
  assert.match(picture, /<title>Tour of 50 cities, length 7\.0426<\/title>/);
});

test('a cap set has one square for each vector', async () => {
  const picture = await pictureOf('cap-set-8');
  assert.equal(count(picture, 'rect'), 1 + 256);
  assert.equal(count(picture, 'line'), 2 * 28);
});

test('a regression keeps wild guesses in its frame and says how many they are', async () => {
  const wild = await pictureOf(
    'symbolic-regression',
    'export function f(u, v, c) { return u > 3 ? 1e308 : v; }',
  );
  const heights = Array.from(wild.matchAll(/cy="([^"]+)"/g), (match) => Number(match[1]));
  assert.equal(heights.length, 200);
  assert.ok(heights.every((y) => y >= 44 && y <= 436));
  const beyond = Number(/>(\d+) lie beyond/.exec(wild)![1]);
  assert.equal(beyond, heights.filter((y) => y === 44 || y === 436).length);
  assert.ok(beyond > 50 && beyond < 150);
});
