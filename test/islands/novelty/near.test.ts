import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sketch } from '../../../core/languages/javascript/normal/sketch.ts';
import type { SketchedProgram } from '../../../core/search/roles.ts';
import { near, nearDuplicateThreshold } from '../../../islands/novelty/near.ts';
import { parents } from '../../core/languages/javascript/operators/parents.ts';
import { drill } from '../../support/drill.ts';
import { seeds, stream } from '../../support/novelty-stream.ts';

const of = (text: string) => sketch({ 'program.js': text }, 'javascript')!;
const text = (k: number) =>
  `export function f(x, y) { const d = x - y; return d * ${k} + Math.sin(x * ${k / 7}); }`;

test('duplicates in other words are stopped, single edits pass', () => {
  const origins = [...seeds(), ...Object.values(parents).filter(({ language }) => language === 'javascript')];
  const { all } = stream(origins, drill(900, 5000), 7);
  assert.ok(all.duplicates.proposed > 200 && all.others.proposed > 200);
  assert.ok(all.duplicates.stopped >= 0.95 * all.duplicates.proposed, JSON.stringify(all.duplicates));
  assert.ok(all.others.wrongly <= 0.02 * all.others.proposed, JSON.stringify(all.others));
});

test('among thousands that differ in numbers alone the near one is found, and no other', () => {
  const all: SketchedProgram[] = Array.from({ length: 2000 }, (_, i) => ({
    trial: i,
    sketch: of(text(1.02 ** (i / 2))),
  }));
  assert.deepEqual(near(all, of(text(1.02 ** 500 * 1.002)), nearDuplicateThreshold, Infinity), {
    trial: 1000,
    similarity: 1,
  });
  assert.equal(near(all, of(text(1.02 ** 500 * 1.007)), nearDuplicateThreshold, Infinity)?.trial, 1001);
  assert.equal(near(all, of(text(0.5)), nearDuplicateThreshold, Infinity), undefined);
});

test('a trial above the horizon does not count', () => {
  const all = [{ trial: 5, sketch: of(text(3)) }];
  assert.equal(near(all, of(text(3)), nearDuplicateThreshold, 4), undefined);
  assert.equal(near(all, of(text(3)), nearDuplicateThreshold, 5)?.trial, 5);
});

test('what is added between two checks is known to the second', () => {
  const all = [{ trial: 0, sketch: of(text(3)) }];
  assert.equal(near(all, of(text(4)), nearDuplicateThreshold, Infinity), undefined);
  all.push({ trial: 1, sketch: of(text(4)) });
  assert.equal(near(all, of(text(4)), nearDuplicateThreshold, Infinity)?.trial, 1);
});

test('the first of two near-duplicates is named', () => {
  const all = [3, 4, 4].map((k, trial) => ({ trial, sketch: of(text(k)) }));
  assert.equal(near(all, of(text(4)), nearDuplicateThreshold, Infinity)?.trial, 1);
});

test('with a lower threshold the most alike is found, and never counts as a duplicate', () => {
  const all = [text(3), 'export const f = (v, n) => v.filter((x) => x === n).length;'].map((each, trial) => ({
    trial,
    sketch: of(each),
  }));
  const found = near(all, of(text(3).replace('Math.sin', 'Math.cos')), 0.3, Infinity);
  assert.equal(found?.trial, 0);
  assert.ok(found.similarity < nearDuplicateThreshold);
});
