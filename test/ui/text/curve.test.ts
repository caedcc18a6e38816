import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { curve, type Mark } from '../../../ui/text/curve.ts';

const climb = [
  [1, -5.1],
  [34, -4.9],
  [80, -4.2],
  [200, -3.9],
  [1500, -3.3],
  [20_000, -3],
].map(([evaluations, score]) => ({ evaluations: evaluations!, score: score! }));

const marks: Mark[] = [
  { value: -5.6, label: '5.6 first fit', line: true },
  { value: -5.1, label: '5.1 best fit', line: true },
  { value: -3.03, label: '3.03 FunSearch', line: true },
  { value: -3, label: '3.00 best, in the search', line: false },
  { value: -2.9, label: '2.90 best, on the test', line: true },
];

const drawn = (lines: readonly string[]) => `\n${lines.join('\n')}\n`;

test('a climb is a stair over a logarithmic axis, with what is known named beside its line', () => {
  assert.equal(
    drawn(curve(climb, marks, 41_234, { width: 64, height: 10, unicode: true })),
    `
┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄⡖⠒⠒ 2.90 best, on the test
                          ⢠⠤⠤⠤⠤⠤⠤⠤⠤⠤⠇   3.00 best, in the search
                          ⢸             3.03 FunSearch
                   ⡤⠤⠤⠤⠤⠤⠤⠼
                ⣀⣀⣀⡇
                ⡇
                ⡇
            ⢰⠒⠒⠒⠃
⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄ 5.1 best fit
┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄ 5.6 first fit
┴───────┴───────┴────────┴───────┴─────
1       10      100      1k      10k    evaluations
`,
  );
});

test('in ASCII nothing is beyond ASCII', () => {
  assert.equal(
    drawn(curve(climb, marks, 41_234, { width: 64, height: 10, unicode: false })),
    `
....................................*** 2.90 best, on the test
                          ***********   3.00 best, in the search
                          *             3.03 FunSearch
                   ********
                ****
                *
                *
*****************...................... 5.1 best fit

....................................... 5.6 first fit
+-------+-------+--------+-------+-----
1       10      100      1k      10k    evaluations
`,
  );
});

test('a search that found nothing better is a flat line', () => {
  assert.equal(
    drawn(curve(climb.slice(0, 1), [], 50, { width: 40, height: 3, unicode: false })),
    `

****************************

+---------------+-----------
1               10           evaluations
`,
  );
});

test('however many marks there are and wherever they lie, no line is wider or row more than asked for', () => {
  const value = fc.double({ min: -1e6, max: 1e6, noNaN: true });
  const mark = fc.record({
    value,
    label: fc.string({ maxLength: 60, unit: 'grapheme-ascii' }),
    line: fc.boolean(),
  });
  const sizes = fc.record({
    width: fc.integer({ min: 30, max: 120 }),
    height: fc.integer({ min: 2, max: 14 }),
    unicode: fc.boolean(),
  });
  fc.assert(
    fc.property(
      fc.array(mark, { maxLength: 20 }),
      value,
      sizes,
      fc.integer({ min: 1, max: 1e9 }),
      (all, score, size, until) => {
        const lines = curve([{ evaluations: 1, score }], all, until, size);
        assert.equal(lines.length, size.height + 2);
        for (const line of lines)
          assert.ok(line.length <= size.width, `${line.length} of ${size.width}: ${line}`);
      },
    ),
  );
});

test('marks are named from the highest to the lowest, each in a row of its own', () => {
  const close = [1, 2, 3, 4, 5].map((n) => ({ value: n / 1e6, label: `mark ${n}`, line: false }));
  const far = { value: 1, label: 'far', line: true };
  const lines = curve([{ evaluations: 1, score: 0 }], [...close, far], 10, {
    width: 50,
    height: 8,
    unicode: false,
  });
  const names = lines.map((line) => /(far|mark \d)$/.exec(line)?.[1]).filter(Boolean);
  assert.deepEqual(names, ['far', 'mark 5', 'mark 4', 'mark 3', 'mark 2', 'mark 1']);
});
