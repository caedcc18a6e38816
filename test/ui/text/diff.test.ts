import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { difference, hunks } from '../../../ui/text/diff.ts';
import { cpuMsOf } from '../../support/cpu.ts';

const lines = (...all: string[]) => all.join('\n');

test('what is the same stays, what is removed comes before what is added', () => {
  assert.deepEqual(
    difference(lines('a', 'b', 'c'), lines('a', 'x', 'y', 'c')).map(({ kind, line }) => `${kind} ${line}`),
    ['same a', 'removed b', 'added x', 'added y', 'same c'],
  );
  assert.deepEqual(difference('', ''), []);
  assert.deepEqual(difference('a\n', 'a'), [{ kind: 'same', line: 'a' }]);
});

test('either text can be read out of a difference, and none is shorter', () => {
  const text = fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 14 });
  fc.assert(
    fc.property(text, text, (before, after) => {
      const found = difference(lines(...before), lines(...after));
      const of = (kind: string) => found.filter((each) => each.kind !== kind).map(({ line }) => line);
      assert.deepEqual(of('added'), before);
      assert.deepEqual(of('removed'), after);
      assert.equal(found.filter(({ kind }) => kind === 'same').length, common(before, after));
    }),
    { numRuns: 1000 },
  );
});

test('texts that have nothing in common cost no more than the rest', () => {
  const number = (sign: number) => lines(...Array.from({ length: 8000 }, (_, i) => String(sign * (i + 1))));
  const took = cpuMsOf(() => assert.equal(difference(number(1), number(-1)).length, 16_000));
  assert.ok(took < 5000, `${took} ms`);
});

test('hunks are what changed with the lines around it, those that touch made one', () => {
  const numbers = Array.from({ length: 30 }, (_, i) => `${i}`);
  const after = numbers.with(3, 'x').with(8, 'y').with(25, 'z');
  const found = hunks(difference(lines(...numbers), lines(...after)), 3);
  const signs = { same: ' ', removed: '-', added: '+' };
  assert.deepEqual(
    found.map((hunk) => hunk.lines.map(({ kind, line }) => `${signs[kind]}${line}`).join('')),
    [' 0 1 2-3+x 4 5 6 7-8+y 9 10 11', ' 22 23 24-25+z 26 27 28'],
  );
  assert.deepEqual(
    found.map(({ first }) => first),
    [1, 23],
  );
  assert.deepEqual(hunks(difference('a', 'a'), 3), []);
});

/** Length of the longest common subsequence, by the textbook. */
function common(a: readonly string[], b: readonly string[]): number {
  const table = Array.from({ length: a.length + 1 }, () => new Array<number>(b.length + 1).fill(0));
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      const longer = Math.max(table[i + 1]![j]!, table[i]![j + 1]!);
      table[i]![j] = a[i] === b[j] ? table[i + 1]![j + 1]! + 1 : longer;
    }
  }
  return table[0]![0]!;
}
