import assert from 'node:assert/strict';
import { test } from 'node:test';
import { javascript } from '../../../core/languages/javascript/javascript.ts';
import { ConfigError } from '../../../core/search/errors.ts';
import type { Source } from '../../../core/search/program.ts';
import * as regions from '../../../core/text/regions.ts';

const regionsOf = (text: string) => regions.regionsOf(text, javascript);
const sameOutside = (before: string, after: string) => regions.sameOutside(before, after, javascript);
const sameOutsideAll = (parent: Source, child: Source) => regions.sameOutsideAll(parent, child, javascript);
const editable = (source: Source) => regions.editable(source, javascript);

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

const marked = '// EVOLVE-BLOCK-START\nlet a;\n// EVOLVE-BLOCK-END\nexport { a };\n';

test('in a program with markers somewhere, a file without any is fixed', () => {
  const parent = { 'program.js': marked, 'lib.js': 'export const b = 1;' };
  const inside = marked.replace('let a', 'let a = 2');
  assert.equal(sameOutsideAll(parent, { ...parent, 'program.js': inside }), true);
  assert.equal(
    sameOutsideAll(parent, { ...parent, 'lib.js': 'export const b = 2;' }),
    'lib.js: changed a file that has no marked regions',
  );
  assert.equal(
    sameOutsideAll(parent, { ...parent, 'program.js': `${marked};` }),
    'program.js: changed code outside the marked regions',
  );
  assert.deepEqual(
    editable(parent).map((each) => each.path),
    ['program.js'],
  );
});

test('in a program without markers every file may change, but its files stay the same ones', () => {
  const parent = { 'program.js': 'a', 'lib.js': 'b' };
  assert.equal(sameOutsideAll(parent, { 'program.js': 'c', 'lib.js': 'd' }), true);
  assert.match(sameOutsideAll(parent, { 'program.js': 'a' }) as string, /^expected the files/);
  assert.match(sameOutsideAll(parent, { 'lib.js': 'b', 'program.js': 'a' }) as string, /^expected the files/);
  assert.match(
    sameOutsideAll(parent, { ...parent, 'more.js': '' }) as string,
    /got program.js, lib.js, more.js/,
  );
  assert.match(
    sameOutsideAll(parent, { ...parent, 'lib.js': marked }) as string,
    /^lib.js: changed code outside/,
  );
  assert.deepEqual(editable(parent), [
    { path: 'program.js', regions: [{ start: 0, end: 1 }] },
    { path: 'lib.js', regions: [{ start: 0, end: 1 }] },
  ]);
});

test('a file named __proto__ is a file like any other', () => {
  const parent = JSON.parse('{"program.js":"a","__proto__":"b"}') as Source;
  const child = JSON.parse('{"program.js":"a","__proto__":"c"}') as Source;
  assert.equal(sameOutsideAll(parent, child), true);
  assert.notEqual(sameOutsideAll(parent, { 'program.js': 'a' }), true);
});
