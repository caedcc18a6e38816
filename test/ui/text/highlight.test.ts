import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { highlight as highlightFile, tokenLines } from '../../../ui/text/highlight.ts';
import { cpuMsOf } from '../../support/cpu.ts';

const highlight = (text: string) => highlightFile('program.js', text);

const marked = (text: string) =>
  highlight(text)
    .map((token) => (token.kind === 'plain' ? token.text : `[${token.kind[0]} ${token.text}]`))
    .join('');

test('the parts of a program are distinguished, regular expressions and nested templates among them', () => {
  assert.equal(
    marked('const a = `x§{ {b:1}.b + `in§{c}` } y` / 2; // hi'.replaceAll('§', '$')),
    '[k const] a = [t `x§{] {b:[n 1]}.b + [t `in§{]c[t }`] [t } y`] / [n 2]; [c // hi]'.replaceAll('§', '$'),
  );
  assert.equal(
    marked("if (a / b) s.replace(/[/]x'/g, 'q\\'')"),
    "[k if] (a / b) s.[c replace]([t /[/]x'/g], [t 'q\\''])",
  );
  assert.equal(
    marked('return /a/.test(b) ? 0x1F : 1e-3'),
    '[k return] [t /a/].[c test](b) ? [n 0x1F] : [n 1e-3]',
  );
  assert.equal(marked('x /* not\nclosed'), 'x [c /* not\nclosed]');
});

test('tokens make up their text again, whatever it is', () => {
  const pieces = fc.constantFrom(
    '`',
    '${',
    '}',
    '{',
    '/',
    '*',
    "'",
    '"',
    '\\',
    '\n',
    'a',
    '1',
    '[',
    ']',
    '(',
    '\ud800',
    '💡',
  );
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 40 }), (list) => {
      const text = list.join('');
      const tokens = highlight(text);
      assert.equal(tokens.map((token) => token.text).join(''), text);
      assert.equal(
        tokenLines(tokens)
          .map((line) => line.map((token) => token.text).join(''))
          .join('\n'),
        text,
      );
    }),
    { numRuns: 1000 },
  );
});

test('no text of 100,000 characters takes long, however it is made', () => {
  for (const piece of ['/[', '`${', '"\\', '/*', '(', '1_', '/a', '\\', '}{']) {
    const text = piece.repeat(100_000 / piece.length);
    const took = cpuMsOf(() => highlight(text));
    assert.ok(took < 5000, `${piece}: ${took} ms`);
  }
});
