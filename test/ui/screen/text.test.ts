import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { openCanvas } from '../../../ui/screen/canvas.ts';
import { broken, folded } from '../../../ui/screen/fold.ts';
import { highlighted } from '../../../ui/screen/highlight.ts';
import { clean, cut, left, right, span, textOf, width } from '../../../ui/screen/text.ts';
import { painted } from '../../../ui/screen/theme.ts';

/** Texts of any characters that there are. */
const anything = fc
  .array(fc.integer({ min: 0, max: 0x10ffff }), { maxLength: 40 })
  .map((points) => String.fromCodePoint(...points));

/** Escapes that say how a text looks. */
const looks = (text: string): string[] =>
  text
    .split('\u001b')
    .slice(1)
    .map((part) => part.slice(0, part.indexOf('m')));

test('wide characters count two, marks nothing', () => {
  assert.equal(width('abc'), 3);
  assert.equal(width('漢字'), 4);
  assert.equal(width('한국'), 4);
  assert.equal(width('🙂'), 2);
  assert.equal(width('e\u0301'), 1);
  assert.equal(width('⠿─╭→…★▏'), 7);
  // Wide since Unicode 16, wide in vertical writing, and a circled number that is not wide.
  assert.equal(width('\u2630\u2329\ufe10'), 6);
  assert.equal(width('\u3248'), 1);
});

test('what is too long ends in an ellipsis, and never in half a character', () => {
  assert.equal(cut('abcdef', 4), 'abc…');
  assert.equal(cut('漢字漢字', 4), '漢…');
  assert.equal(cut('漢字', 4), '漢字');
  assert.equal(left('漢字漢字', 4).text, '漢… ');
  assert.equal(right('12', 4).text, '  12');
  fc.assert(
    fc.property(anything, fc.nat(20), (text, columns) => {
      assert.equal(width(left(clean(text), columns).text), columns);
      const room = columns + 2;
      for (const line of folded(clean(text), room)) assert.ok(width(line) <= room);
      const rows = broken([span(clean(text)), span('end', 'strong')], room).map(textOf);
      assert.equal(rows.join(''), `${clean(text)}end`);
      for (const row of rows) assert.ok(width(row) <= room);
    }),
  );
});

test('fillers, which are letters that nothing is drawn for, are left out', () => {
  assert.equal(clean('a\u115f\u1160\u3164\uffa0\u034fb'), 'ab');
});

test('a cleaned text has no character that a terminal obeys or that has no width of its own', () => {
  fc.assert(
    fc.property(anything, (text) => {
      assert.doesNotMatch(clean(text), /\p{Cc}|\p{Cf}|\p{Cs}|\p{Cn}|\p{Co}|\p{Zl}|\p{Zp}/u);
      assert.equal(clean(clean(text)), clean(text));
    }),
    { numRuns: 2000 },
  );
  assert.equal(clean('a\u001b[31mb\tc'), 'a␛[31mb  c');
  assert.equal(clean('x\u202ey'), 'xy');
  assert.ok(
    width(clean(`a${'\u0301'.repeat(1000)}`)) === 1 && clean(`a${'\u0301'.repeat(1000)}`).length <= 4,
  );
});

test('highlighting leaves out and adds nothing, whatever the text', () => {
  const back = (code: string) => highlighted('program.js', code).map(textOf).join('\n');
  const root = fileURLToPath(new URL('../../../', import.meta.url));
  for (const path of globSync('{core,problems}/**/*.{ts,js}', { cwd: root })) {
    const code = readFileSync(root + path, 'utf8');
    assert.equal(back(code), code, path);
  }
  const pieces = fc.constantFrom(
    '/',
    '*',
    '//',
    '/*',
    '*/',
    "'",
    '"',
    '`',
    '\\',
    '\n',
    '${',
    '}',
    '[',
    ']',
    '(',
    ')',
    '1e',
    '0x',
    'if',
    'a ',
    ' ',
  );
  fc.assert(fc.property(fc.array(pieces), (all) => assert.equal(back(all.join('')), all.join(''))));
});

test('highlighting tells a division from a regular expression, and knows strings, numbers, comments, keywords', () => {
  const tones = (code: string) =>
    highlighted('program.js', code).flatMap((row) =>
      row.filter(({ tone }) => tone !== 'plain').map(({ text, tone }) => `${tone} ${text}`),
    );
  assert.deepEqual(tones('const a = b / 2 / c;'), ['keyword const', 'number 2']);
  assert.deepEqual(tones('return /[/"]+/g.test(x)'), ['keyword return', 'string /[/"]+/g']);
  assert.deepEqual(tones('(a) / b; // "no"'), ['comment // "no"']);
  assert.deepEqual(tones("x = 'it\\'s' + `a\nb` + 0x1fn + 1.5e-3 + .5"), [
    "string 'it\\'s'",
    'string `a',
    'string b`',
    'number 0x1fn',
    'number 1.5e-3',
    'number .5',
  ]);
  assert.deepEqual(tones('/* a\n b */ let'), ['comment /* a', 'comment  b */', 'keyword let']);
});

test('without colours there are none: bold and inverse at most', () => {
  const row = [span('a', 'strong'), span('b', 'curve'), span('c', 'chosen'), span('d', 'bad'), span('e')];
  assert.deepEqual([...new Set(looks(painted(row, 0)))].sort(), ['[0', '[1', '[7']);
  assert.ok(looks(painted(row, 256)).includes('[38;5;74'));
  assert.ok(looks(painted(row, 16)).includes('[36'));
  assert.doesNotMatch(painted(row, 16), /38;5/);
});

test('only rows that changed are written again', () => {
  let written = '';
  const canvas = openCanvas({ write: (text) => (written += text) }, 0);
  canvas.paint([[span('one')], [span('two')]]);
  assert.match(written, /1;1Hone.*2;1Htwo/);
  written = '';
  canvas.paint([[span('one')], [span('2')]]);
  assert.doesNotMatch(written, /one/);
  assert.match(written, /2;1H2/);
  written = '';
  canvas.paint([[span('one')], [span('2')]]);
  assert.equal(written, '');
  canvas.forget();
  canvas.paint([[span('one')]]);
  assert.match(written, /2J.*1;1Hone/);
});
