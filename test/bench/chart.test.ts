import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Chart, draw } from '../../bench/chart.ts';

const line = (name: string, ...ys: number[]) => ({
  name,
  points: ys.map((y, i) => ({ x: 10 ** i, y, low: y - 0.1, high: y + 0.1 })),
});
const chart = (changes: Partial<Chart> = {}): Chart => ({
  title: 'a <title> & more',
  x: { title: 'evaluations', logarithmic: true },
  y: { title: 'score', write: String },
  series: [line('one', 0, 0.5, 1, 1), line('two', 0, 0.2, 0.4, 0.6)],
  references: [{ name: 'near', y: 1.2 }],
  note: 'a note',
  ...changes,
});

test('a chart is one SVG that names everything, with no number that is none and no script', () => {
  const svg = draw(chart());
  assert.ok(svg.startsWith('<svg ') && svg.trimEnd().endsWith('</svg>'));
  for (const name of ['one', 'two', 'near', 'evaluations', 'score', 'a note'])
    assert.ok(svg.includes(`>${name}<`), name);
  assert.ok(svg.includes('<title>a &lt;title&gt; &amp; more</title>'));
  assert.ok(!/NaN|Infinity|undefined|<script|href/.test(svg));
});

test('a line stays where it is until the next point and rises there', () => {
  const svg = draw(chart({ series: [line('one', 0, 1)], references: [] }));
  const d = /d="(M[^"]*)" fill="none" stroke="#0072b2"/.exec(svg)![1]!;
  const [, left, low, right, high] = /^M([\d.]+) ([\d.]+)H([\d.]+)V([\d.]+)$/.exec(d)!.map(Number);
  assert.ok(left! < right! && low! > high!, d);
});

test('a reference far off is stated in words and does not squeeze the lines', () => {
  const far = draw(chart({ references: [{ name: 'far', y: 50 }] }));
  assert.ok(far.includes('Above the chart: far 50.'));
  assert.ok(!far.includes('stroke-dasharray'));
  assert.ok(draw(chart()).includes('stroke-dasharray'));
});

test('a chart of searches that found nothing is still a chart', () => {
  const svg = draw(chart({ series: [line('flat', 7, 7, 7)], references: [{ name: 'same', y: 7 }] }));
  assert.ok(!/NaN|Infinity/.test(svg));
  assert.ok(
    !/NaN|Infinity/.test(
      draw(chart({ series: [{ name: 'point', points: [{ x: 1, y: 3, low: 3, high: 3 }] }], references: [] })),
    ),
  );
});

test('names at the ends of lines do not touch, even where the lines end in one point', () => {
  const svg = draw(chart({ series: ['a', 'b', 'c', 'd', 'e'].map((name) => line(name, 0, 1)) }));
  const places = Array.from(svg.matchAll(/y="([\d.]+)"[^>]*>(?:[a-e]|near)</g), (match) =>
    Number(match[1]),
  ).sort((a, b) => a - b);
  assert.equal(places.length, 6);
  for (let i = 1; i < places.length; i++) assert.ok(places[i]! - places[i - 1]! > 13, String(places));
});
