import assert from 'node:assert/strict';
import { test } from 'node:test';
import { circle, line, polyline, rect, svg, text } from '../../problems/svg.ts';
import { elements } from './well-formed.ts';

test('a picture says what it is made of, in order, and nothing else', () => {
  const picture = svg(10, 20, 'Two & a half', [
    rect(0, 1, 2.00049, 3, { fill: 'red' }),
    circle(1, 2, 3),
    line(0, 0, 1, 1),
    polyline([
      [0, 0],
      [1 / 3, 2],
    ]),
    text(1, 2, 'a < b'),
  ]);
  assert.equal(
    picture,
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 20" role="img" font-family="sans-serif" font-size="16">
<title>Two &amp; a half</title>
<rect x="0" y="0" width="10" height="20" fill="#ffffff"/>
<rect x="0" y="1" width="2" height="3" fill="red"/>
<circle cx="1" cy="2" r="3"/>
<line x1="0" y1="0" x2="1" y2="1" stroke="#000000"/>
<polyline points="0,0 0.333,2" fill="none" stroke="#000000"/>
<text x="1" y="2">a &lt; b</text>
</svg>
`,
  );
});

test('no words get out of their element, and no look out of its quotes', () => {
  const wicked = `</text><script>alert('&"')</script>\u0000\u001b\ud800\uffff 𝄞`;
  const picture = svg(1, 1, wicked, [text(0, 0, wicked, { fill: wicked })]);
  assert.deepEqual(Object.fromEntries(elements(picture)), { svg: 1, title: 1, rect: 1, text: 1 });
  assert.doesNotMatch(picture, /[^\t\n\r\u0020-\ufffd\u{10000}-\u{10ffff}]/u);
  assert.match(picture, /𝄞/);
});

test('a number that no screen can show is refused', () => {
  for (const odd of [NaN, Infinity, -Infinity]) assert.throws(() => circle(odd, 0, 1), /finite numbers/);
  assert.throws(() => polyline([[0, NaN]]), /finite numbers/);
});
