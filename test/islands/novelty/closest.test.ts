import assert from 'node:assert/strict';
import { test } from 'node:test';
import { random } from '../../../core/search/random.ts';
import { closest } from '../../../islands/novelty/closest.ts';

const of = (...values: number[]) => Float32Array.from(values);

test('the closest is the one that points the same way, whatever its length', () => {
  const all = [of(1, 0, 0, 0, 1), of(0, 30, 1, 0, 0), of(0, 1, 1, 0, 0)].map((vector, trial) => ({
    trial,
    vector,
  }));
  assert.equal(closest(all, of(0, 2, 0, 0, 0))?.trial, 1);
  assert.ok(Math.abs(closest(all, of(0, -5, -5, 0, 0))!.cosine) < 1e-6);
});

test('it agrees with the cosines taken one by one', () => {
  const draw = random('closest');
  const vector = () => Float32Array.from({ length: 37 }, () => draw.normal());
  const all: { trial: number; vector: Float32Array }[] = [];
  const cosine = (a: Float32Array, b: Float32Array) =>
    a.reduce((sum, x, i) => sum + x * b[i]!, 0) / (Math.hypot(...a) * Math.hypot(...b));
  for (let trial = 0; trial < 300; trial++) {
    const wanted = vector();
    const found = closest(all, wanted);
    const best = Math.max(...all.map((each) => cosine(each.vector, wanted)));
    if (trial === 0) assert.equal(found, undefined);
    else assert.ok(Math.abs(found!.cosine - best) < 1e-5);
    all.push({ trial, vector: vector() });
  }
});

test('a trial above the horizon does not count', () => {
  const all = [{ trial: 3, vector: of(1, 1) }];
  assert.equal(closest(all, of(1, 1), 2), undefined);
});

test('a vector of another length is refused', () => {
  const all = [{ trial: 3, vector: of(1, 1) }];
  assert.throws(() => closest(all, of(1, 1, 1)), RangeError);
});
