import assert from 'node:assert/strict';
import { test } from 'node:test';
import { random } from '../../../core/search/random.ts';

const draws = (count: number, ...key: (string | number)[]): number[] => {
  const stream = random(...key);
  return Array.from({ length: count }, () => stream.next());
};

test('a key gives the same draws every time, and these draws for ever', () => {
  assert.deepEqual(draws(3, 7, 12, 'begin'), draws(3, 7, 12, 'begin'));
  assert.deepEqual(draws(2, 7, 12, 'begin'), [0.5346112771711751, 0.18466200711880065]);
});

test('keys that look alike joined give different draws', () => {
  assert.notDeepEqual(draws(3, 1, 23), draws(3, 12, 3));
  assert.notDeepEqual(draws(3, 'a', 'b'), draws(3, 'ab'));
});

test('draws of neighbouring trials are uniform and uncorrelated', () => {
  const n = 20_000;
  const first = Array.from({ length: n }, (_, trial) => random(1, trial, 'begin').next());
  const mean = first.reduce((sum, x) => sum + x, 0) / n;
  const lag = first.slice(1).reduce((sum, x, i) => sum + (x - 0.5) * (first[i]! - 0.5), 0) / n / (1 / 12);
  const tenths = Array.from({ length: 10 }, (_, i) => first.filter((x) => Math.floor(x * 10) === i).length);
  const chi = tenths.reduce((sum, k) => sum + (k - n / 10) ** 2 / (n / 10), 0);
  assert.ok(Math.abs(mean - 0.5) < 0.01, `mean ${mean}`);
  assert.ok(Math.abs(lag) < 0.03, `lag ${lag}`);
  assert.ok(chi < 27.9, `chi-square ${chi} with 9 degrees of freedom`);
});

test('normal draws have mean 0 and variance 1', () => {
  const stream = random('normal');
  const xs = Array.from({ length: 50_000 }, () => stream.normal());
  const mean = xs.reduce((sum, x) => sum + x, 0) / xs.length;
  const variance = xs.reduce((sum, x) => sum + (x - mean) ** 2, 0) / xs.length;
  assert.ok(Math.abs(mean) < 0.02 && Math.abs(variance - 1) < 0.03, `${mean} ${variance}`);
});

test('a weighted draw follows the weights and never takes a weight of zero', () => {
  const stream = random('weighted');
  const counts = [0, 0, 0, 0];
  for (let i = 0; i < 40_000; i++) counts[stream.weighted([0, 1, 3, 0])]! += 1;
  assert.equal(counts[0]! + counts[3]!, 0);
  assert.ok(Math.abs(counts[2]! / 40_000 - 0.75) < 0.01);
});
