import assert from 'node:assert/strict';
import { test } from 'node:test';
import { regionsOf, sameOutside } from '../../../core/code/regions.ts';
import { ConfigError } from '../../../core/errors.ts';

const inside = (text: string) => regionsOf(text).map((each) => text.slice(each.start, each.end));

test('a text without markers is one region', () => {
  assert.deepEqual(inside('a\nb'), ['a\nb']);
});

test('regions lie strictly between the marker lines, in every comment style and line end', () => {
  for (const newline of ['\n', '\r\n']) {
    const text = [
      'x',
      '// EVOLVE-BLOCK-START',
      'a',
      '// EVOLVE-BLOCK-END',
      '  # EVOLVE-BLOCK-START why',
      '#EVOLVE-BLOCK-END',
      '/* EVOLVE-BLOCK-START */',
      'b',
      '/* EVOLVE-BLOCK-END */',
    ].join(newline);
    assert.deepEqual(inside(text), [`a${newline}`, '', `b${newline}`]);
  }
});

test('markers that do not alternate are an error in words', () => {
  for (const text of [
    '// EVOLVE-BLOCK-START\na',
    '// EVOLVE-BLOCK-END\n',
    '// EVOLVE-BLOCK-START\n// EVOLVE-BLOCK-START\n// EVOLVE-BLOCK-END',
  ]) {
    assert.throws(
      () => regionsOf(text),
      (error) => error instanceof ConfigError && /^Expected .*, got /.test(error.message),
    );
  }
});

test('a change inside is allowed, and one outside, or to a marker, is seen', () => {
  const text = 'x\n// EVOLVE-BLOCK-START\na\n// EVOLVE-BLOCK-END\ny\n';
  assert.ok(sameOutside(text, text.replace('a', 'b\nc')));
  assert.ok(!sameOutside(text, text.replace('y', 'z')));
  assert.ok(!sameOutside(text, text.replace('x', 'x ')));
  assert.ok(!sameOutside(text, text.replace('// EVOLVE-BLOCK-END', '')));
  assert.ok(!sameOutside(text, text.replace('a', '// EVOLVE-BLOCK-END\n// EVOLVE-BLOCK-START')));
  assert.ok(!sameOutside(text, text.replaceAll('\n', '\r\n')));
});

test('a name that only mentions a marker is no marker', () => {
  assert.deepEqual(inside('const s = "EVOLVE-BLOCK-START";'), ['const s = "EVOLVE-BLOCK-START";']);
});
