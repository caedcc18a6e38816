import { circle, line, polyline } from '../../problems/svg.ts';
import { amount, axes, type Frame, roomFor, sparse, written } from './axes.ts';
import { beyond, focus, labelled, middleOf, type Reference } from './focus.ts';
import { chart, greys, legend, type Page, told, words } from './page.ts';
import { logTicks, type Span, scale, ticks } from './scale.ts';

/** A place on a stair: from `x` on it is at `y`. */
interface Step {
  readonly x: number;
  readonly y: number;
}

/** A step that is marked by a dot; one with a label is named beside it. */
export interface Dot extends Step {
  readonly said: string;
  readonly label?: string;
}

/** Stairs over an axis: values that hold until they change. Higher is better. */
export interface StepChart {
  readonly title: string;
  readonly x: {
    readonly name: string;
    /** Where the axis ends; it begins with the first step, or at 0 where it is not logarithmic. */
    readonly until: number;
    readonly logarithmic: boolean;
  };
  readonly y: {
    readonly name: string;
    /** How a value is written at its tick. */
    readonly write: (value: number) => string;
  };
  /** The first lies on top; those without a name stand in no legend. Each has a step at least. */
  readonly series: readonly {
    readonly name: string;
    readonly colour: string;
    readonly steps: readonly Step[];
  }[];
  readonly dots?: readonly Dot[];
  readonly references?: readonly Reference[];
  /** Moments at which something happened. */
  readonly moments?: readonly number[];
}

type At = (value: number) => number;
type Place = readonly [x: number, y: number];

/** A step chart as SVG text; values far outside the others are named in words below. */
export function stepChart(
  { title, x, y, series, dots = [], references = [], moments = [] }: StepChart,
  page: Page,
): string {
  const inside = focus(
    series.map(({ steps }) => steps),
    references,
    x,
  );
  const upright = written(ticks(inside, page.height / 60), y.write);
  const left = roomFor(upright);
  const right = page.width - 12;
  const names = series.length > 1 ? series.filter(({ name }) => name) : [];
  const named = legend(names, { x: left, y: 34, width: right - left });
  const frame: Frame = { left, right, top: 34 + named.height, bottom: page.height - 40 };
  const across = acrossOf(series, x);
  const atX = scale(across, left, right, x.logarithmic);
  const atY = scale(inside, frame.bottom, frame.top);
  const values = x.logarithmic ? logTicks(across) : ticks(across, page.width / 110);
  const below = written(sparse(values, atX, 46), amount);
  const shown = references.filter((each) => each.y >= inside.low && each.y <= inside.high);
  const outside = beyond(
    series[0]!.steps[0]!.y,
    references,
    inside,
    y.write,
    right - left - 7 * x.name.length,
  );
  return chart(page, title, [
    ...named.parts,
    ...axes(
      frame,
      { name: x.name, ticks: below, at: atX },
      { name: y.name, ticks: upright, at: atY, ruled: true },
    ),
    ...(outside ? [words(left, frame.bottom + 36, outside, { fill: greys.soft })] : []),
    ...sparse(moments, atX, 3).map((value) =>
      line(atX(value), frame.bottom - 6, atX(value), frame.bottom, { stroke: greys.soft }),
    ),
    ...shown.map((each) =>
      line(left, atY(each.y), right, atY(each.y), { stroke: greys.soft, 'stroke-dasharray': '5 4' }),
    ),
    ...series
      .toReversed()
      .flatMap(({ steps, colour }) =>
        flights(steps, x.until, inside, atX, atY).map((points) =>
          polyline(points, { stroke: colour, 'stroke-width': 2, 'stroke-linejoin': 'round' }),
        ),
      ),
    ...labelled(shown, middleOf(series[0]!.steps, x), y.write, atY, frame),
    ...marked(
      dots.filter((each) => each.y >= inside.low),
      series[0]!.colour,
      atX,
      atY,
    ),
  ]);
}

function acrossOf(series: StepChart['series'], { until, logarithmic }: StepChart['x']): Span {
  const begins = series.reduce((least, { steps }) => Math.min(least, steps[0]!.x), Infinity);
  const low = logarithmic ? Math.max(begins, 1e-9) : 0;
  return { low, high: Math.max(until, low * 2, 1e-9) };
}

/** Dots with their labels above them; those that would cover another's label have none. */
function marked(dots: readonly Dot[], colour: string, atX: At, atY: At): string[] {
  const labels: string[] = [];
  const taken: Place[] = [];
  const drawn = dots.map(({ x, y, said, label }) => {
    const [left, top] = [atX(x), atY(y)];
    if (label !== undefined && taken.every(([a, b]) => Math.abs(a - left) > 16 || Math.abs(b - top) > 14)) {
      taken.push([left, top]);
      labels.push(words(left - 2, top - 8, label, { anchor: 'end', halo: true, bold: true }));
    }
    const size = label === undefined ? 2.5 : 4;
    return told(said, [circle(left, top, size, { fill: colour, stroke: greys.ground })]);
  });
  return [...drawn, ...labels];
}

/** The lines of a stair, as far as they are inside; corners that would lie in one pixel are left out. */
function flights(steps: readonly Step[], until: number, { low }: Span, atX: At, atY: At): Place[][] {
  const lines: Place[][] = [];
  let open: Place[] = [];
  const floor = atY(low);
  for (const [i, { x, y }] of steps.entries()) {
    const end = Math.max(x, steps[i + 1]?.x ?? until);
    if (y < low) {
      if (open.length > 0) lines.push([...open, [atX(x), floor]]);
      open = [];
      continue;
    }
    const [from, to, height] = [atX(x), atX(end), atY(y)];
    if (open.length === 0 && i > 0) open.push([from, floor]);
    const last = open.at(-1);
    if (last && i + 1 < steps.length && to - last[0] < 0.5) continue;
    open.push([from, height], [to, height]);
  }
  return open.length > 0 ? [...lines, open] : lines;
}
