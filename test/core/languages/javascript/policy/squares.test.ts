import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  type Gram,
  selected,
  shares,
} from '../../../../../core/languages/javascript/operators/matching-pursuit.ts';
import { random } from '../../../../../core/search/random.ts';

const points = 50;

/** The inner products as `compare` gives them: of what is left without terms, and of the terms. */
function gramOf(target: readonly number[], terms: readonly (readonly number[])[]): Gram {
  const rows = [target.map((each) => -each), ...terms];
  const dot = (a: readonly number[], b: readonly number[]): number =>
    a.reduce((sum, x, i) => sum + x * b[i]!, 0);
  return { products: rows.map((a) => rows.map((b) => dot(a, b))), usable: terms.map(() => true) };
}

function fixture() {
  const draw = random('squares');
  const one = new Array<number>(points).fill(1);
  const terms = [one, ...Array.from({ length: 8 }, () => one.map(() => draw.normal()))];
  const target = one.map((_, i) => 3 + 2 * terms[2]![i]! - 0.5 * terms[7]![i]!);
  return { terms, target, gram: gramOf(target, terms) };
}

test('the terms that make up a sum are found with their weights', () => {
  const { chosen, weights } = selected(fixture().gram, 5);
  assert.deepEqual(chosen, [0, 2, 7]);
  [3, 2, -0.5].forEach((each, i) => {
    assert.ok(Math.abs(weights[i]! - each) < 1e-9, `${weights}`);
  });
});

test('a share is what a term takes away from what the others leave', () => {
  const { gram } = fixture();
  const [alone, beside] = [shares(gram, [0]), shares(gram, [0, 2])];
  assert.ok(alone[2]! > 0.8 && alone[7]! < 0.2);
  assert.ok(Math.abs(beside[7]! - 1) < 1e-9);
  assert.deepEqual([beside[0], beside[2]], [0, 0]);
});

test('a term that repeats another, is nothing, or failed takes nothing away and is never chosen', () => {
  const { terms, target } = fixture();
  const twice = terms[2]!.map((each) => 5 * each);
  const nothing = terms[2]!.map(() => 0);
  const gram = gramOf(target, [...terms, twice, nothing]);
  const broken = { ...gram, usable: gram.usable.map((_, k) => k !== 7) };
  assert.deepEqual(shares(broken, [0, 2]).slice(9), [0, 0]);
  assert.equal(shares(broken, [0])[7], 0);
  const { chosen, weights } = selected(broken, 5);
  assert.ok(!chosen.includes(7) && !chosen.includes(10) && weights.every(Number.isFinite));
  assert.ok(!(chosen.includes(2) && chosen.includes(9)));
});
