import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bars } from '../../../ui/chart/bars.ts';
import { lineageTree } from '../../../ui/chart/lineage-tree.ts';
import { clipped, pages } from '../../../ui/chart/page.ts';
import { stackedArea } from '../../../ui/chart/stacked-area.ts';
import { type StepChart, stepChart } from '../../../ui/chart/step-chart.ts';
import { readPage } from '../report/page-tokens.ts';

const page = { width: 300, height: 160 };
const climb: StepChart = {
  title: 'a climb',
  x: { name: 'evaluations', until: 1000, logarithmic: true },
  y: { name: 'score', write: String },
  series: [
    {
      name: 'best',
      colour: '#0072b2',
      steps: [
        { x: 1, y: 0 },
        { x: 10, y: 2 },
        { x: 100, y: 3 },
      ],
    },
  ],
};

/** The shapes of a chart, without its words and axes. */
const shapes = (svg: string) => svg.split('\n').filter((each) => /^(<polyline|<g>)/.test(each));

test('a stair stays where it is until the next step, and its dots say who made it', () => {
  const svg = stepChart({ ...climb, dots: [{ x: 10, y: 2, said: 'by <swap>', label: '1' }] }, page);
  // Three decades of equal width; from 0 to 2 it climbs twice as far as from 2 to 3.
  assert.deepEqual(shapes(svg), [
    '<polyline points="20.4,116.091 109.6,116.091 109.6,63.97 198.8,63.97 198.8,37.909 288,37.909" fill="none" stroke="#0072b2" stroke-width="2" stroke-linejoin="round"/>',
    '<g><title>by &#60;swap&#62;</title><circle cx="109.6" cy="63.97" r="4" fill="#0072b2" stroke="#ffffff"/></g>',
  ]);
});

test('references near each other share one label, and those far off are stated in words', () => {
  const references = [
    { name: 'one', y: 3.2 },
    { name: 'two', y: 3.2001 },
    { name: 'far', y: 900 },
    { name: 'deep', y: -50 },
  ];
  const { text } = readPage(stepChart({ ...climb, references }, pages.wide));
  assert.match(text, /two 3\.2001, one 3\.2\n/);
  assert.match(text, /Above: far 900\. Below: deep -50\./);
});

test('a beginning so low that the rest would be a line is cut off, and said', () => {
  const steps = [{ x: 1, y: -1e6 }, ...climb.series[0]!.steps.slice(1)];
  const { text } = readPage(stepChart({ ...climb, series: [{ ...climb.series[0]!, steps }] }, pages.wide));
  assert.match(text, /Below: the first -1000000\./);
});

test('charts of nothing much are charts', () => {
  const flat = { ...climb, series: [{ name: '', colour: '#0072b2', steps: [{ x: 1, y: 7 }] }] };
  const alone = { id: 'seed-1', x: 1, y: 5, parents: [], said: 'a seed', main: true };
  const drawn = [
    stepChart(flat, page),
    stepChart({ ...flat, x: { ...flat.x, until: 0, logarithmic: false } }, page),
    stackedArea({ title: 't', x: { name: 'trials', window: 1, until: 0 }, y: 'share', parts: [] }, page),
    stackedArea(
      {
        title: 't',
        x: { name: 'trials', window: 4, until: 3 },
        y: 'share',
        parts: [{ name: 'a', colour: '#0072b2', amounts: [0] }],
      },
      page,
    ),
    bars({ title: 't', parts: [], rows: [] }, page),
    bars(
      {
        title: 't',
        parts: [{ name: 'a', colour: '#0072b2' }],
        rows: [{ name: 'r', amounts: [0], said: '0' }],
      },
      page,
    ),
    lineageTree({ title: 't', x: 'evaluations', y: climb.y, members: [alone], colour: '#0072b2' }, page),
  ];
  for (const svg of drawn) assert.ok(readPage(svg).elements.length > 1, svg);
});

test('shares are bands that together make up the whole, window by window', () => {
  const parts = [
    { name: 'a', colour: '#0072b2', amounts: [1, 3] },
    { name: 'b', colour: '#d55e00', amounts: [3, 1] },
  ];
  const svg = stackedArea(
    { title: 't', x: { name: 'trials', window: 4, until: 8 }, y: 'share', parts },
    page,
  );
  const heights = Array.from(svg.matchAll(/points="([^"]+)"/g), ([, points]) =>
    points!.split(' ').map((point) => Number(point.split(',')[1])),
  );
  const [first, second] = heights as [number[], number[]];
  const [bottom, top] = [first.at(-1)!, second[0]!];
  const share = (y: number) => (bottom - y) / (bottom - top);
  assert.deepEqual(
    first.map(share).map((each) => Math.round(each * 100) / 100),
    [0.25, 0.25, 0.75, 0.75, 0, 0, 0, 0],
  );
  assert.deepEqual(second.slice(0, 4), [top, top, top, top]);
  assert.deepEqual(second.slice(4), first.slice(0, 4).reverse());
});

test('a tree draws a line to each parent that it knows, strong along the line of first parents', () => {
  const member = (id: string, x: number, parents: string[], main: boolean) => ({
    id,
    x,
    y: x,
    parents,
    said: id,
    main,
  });
  const members = [
    member('trial-3', 3, ['trial-2', 'trial-1'], true),
    member('trial-2', 2, ['seed-1'], true),
    member('trial-1', 1, ['gone'], false),
    member('seed-1', 0, [], true),
  ];
  const svg = lineageTree({ title: 't', x: 'evaluations', y: climb.y, members, colour: '#0072b2' }, page);
  assert.equal(svg.match(/<line [^>]*stroke-width="2"/g)!.length, 2);
  assert.equal(svg.match(/<line [^>]*stroke-opacity="0.45"/g)!.length, 1);
  assert.equal(svg.match(/<circle/g)!.length, 4);
});

test('a name that is too long keeps its beginning and its end', () => {
  assert.equal(clipped('abcdefghijklmnopqrstuvwxyz', 10), 'abcdef…xyz');
  assert.equal(clipped('abc', 10), 'abc');
});
