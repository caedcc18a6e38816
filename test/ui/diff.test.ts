import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { diff, hunks } from '../../ui/diff.ts';

const texts = fc
  .array(fc.constantFrom('a', 'b', 'c', ''), { maxLength: 14 })
  .map((lines) => lines.join('\n'));

/** Fewest lines that are not in both, by the table that every textbook has. */
function fewest(a: readonly string[], b: readonly string[]): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (const [i, x] of a.entries()) {
    const next = [i + 1];
    for (const [j, y] of b.entries()) next.push(x === y ? row[j]! : 1 + Math.min(row[j + 1]!, next[j]!));
    row = next;
  }
  return row.at(-1)!;
}

test('a diff holds both texts, numbered, and no more lines that differ than have to', () => {
  fc.assert(
    fc.property(texts, texts, (before, after) => {
      const lines = diff(before, after);
      const [old, young] = [
        lines.filter(({ kind }) => kind !== 'new'),
        lines.filter(({ kind }) => kind !== 'old'),
      ];
      assert.equal(old.map(({ text }) => text).join('\n'), before);
      assert.equal(young.map(({ text }) => text).join('\n'), after);
      assert.deepEqual(
        old.map((line) => line.before),
        old.map((_, i) => i + 1),
      );
      assert.deepEqual(
        young.map((line) => line.after),
        young.map((_, i) => i + 1),
      );
      const differ = lines.filter(({ kind }) => kind !== 'same').length;
      assert.equal(differ, fewest(before.split('\n'), after.split('\n')));
    }),
    { numRuns: 500 },
  );
});

test('hunks are what differs with the lines around it, those that touch made one', () => {
  const numbers = Array.from({ length: 30 }, (_, i) => `${i}`);
  const after = numbers.with(3, 'x').with(8, 'y').with(25, 'z');
  const found = hunks(diff(numbers.join('\n'), after.join('\n')));
  assert.deepEqual(
    found.map((lines) =>
      lines.map(({ kind, text }) => `${{ same: ' ', old: '-', new: '+' }[kind]}${text}`).join(''),
    ),
    [' 0 1 2-3+x 4 5 6 7-8+y 9 10 11', ' 22 23 24-25+z 26 27 28'],
  );
  assert.deepEqual(hunks(diff('a\nb', 'a\nb')), []);
});

test('two long texts without a line in common are told apart at once', () => {
  const [a, b] = ['a', 'b'].map((name) => Array.from({ length: 20_000 }, (_, i) => `${name}${i}`).join('\n'));
  const start = performance.now();
  assert.equal(diff(a!, b!).length, 40_000);
  assert.ok(performance.now() - start < 2000);
});
