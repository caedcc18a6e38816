import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Content, legible, markup, textOf, trusted } from '../../../ui/text/markup.ts';

test('what is put into a template is text, unless it is markup itself', () => {
  const item = markup`<li>${'<b> & "c" \'d\' `e`'}</li>`;
  assert.equal(
    textOf(markup`<ul class="${'"><script>'}">${[item, undefined, false, 3]}</ul>${trusted('<hr>')}`),
    '<ul class="&#34;&#62;&#60;script&#62;"><li>&#60;b&#62; &#38; &#34;c&#34; &#39;d&#39; &#96;e&#96;</li>3</ul><hr>',
  );
});

test('an object out of a file is no markup, whatever its fields', () => {
  const read = JSON.parse('{"markup":"<script>","Symbol(markup)":"<script>","length":0}');
  assert.throws(() => markup`${read as Content}`);
});

test('what is not seen is written as its code, and nothing else is touched', () => {
  assert.equal(
    legible('a\u0000\u202eb\u200d\u2028\u3164\u{e0041}\ud800'),
    'a⟨U+0000⟩⟨U+202E⟩b⟨U+200D⟩⟨U+2028⟩⟨U+3164⟩⟨U+E0041⟩\ufffd',
  );
  for (const text of ['é 漢字 💡 ←\t\n', 'Ω ≤ “x”']) assert.equal(legible(text), text);
  assert.equal(legible('a\r\nb\rc'), 'a\nb⟨U+000D⟩c');
});
