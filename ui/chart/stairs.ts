import { circle, line, polyline } from '../../problems/svg.ts';
import { count } from '../words.ts';
import { chart, clipped, greys, legend, letters, type Page, told, words } from './page.ts';
import { apart, logTicks, type Span, scale, spanOf, ticks } from './scale.ts';

/** A place on a stair: from `x` on it is at `y`. */
export interface Step {
  readonly x: number;
  readonly y: number;
}

/** A step that is told of; one with a label is named beside its dot. */
export interface Dot extends Step {
  readonly said: string;
  readonly label?: string;
}

/** Stairs over an axis: values that hold until they change. Higher is better. */
export interface Stairs {
  readonly title: string;
  /** What is counted from left to right, and where it ends. */
  readonly x: { readonly name: string; readonly until: number; readonly logarithmic: boolean };
  readonly y: {
    readonly name: string /** How a value is written at its tick. */;
    readonly write: (value: number) => string;
  };
  /** The first lies on top; those without a name stand in no legend. */
  readonly series: readonly {
    readonly name: string;
    readonly colour: string;
    readonly steps: readonly Step[];
  }[];
  readonly dots?: readonly Dot[];
  readonly references?: readonly { readonly name: string; readonly y: number }[];
  /** Moments at which something happened. */
  readonly moments?: readonly number[];
}

/** Stairs as SVG text; what lies so far below that the rest could not be told apart is cut off. */
export function stairs(
  { title, x, y, series, dots = [], references = [], moments = [] }: Stairs,
  page: Page,
): string {
  const inside = focus(series, references, x);
  const shown = references
    .filter((each) => each.y >= inside.low && each.y <= inside.high)
    .toSorted((a, b) => b.y - a.y);
  const values = ticks(inside, page.height / 60);
  const numbers = distinct(values, y.write);
  const left = 14 + Math.max(...numbers.map((each) => each.length), 1) * letters.width;
  const right = page.width - 12;
  const named = legend(series.length > 1 ? series.filter(({ name }) => name) : [], {
    x: left,
    y: 32,
    width: right - left,
  });
  const [top, bottom] = [34 + named.height, page.height - 40];
  const first = x.logarithmic
    ? Math.max(
        1e-9,
        spanOf(
          series.flatMap(({ steps }) => steps.map((each) => each.x)),
          true,
        ).low,
      )
    : 0;
  const across: Span = { low: first, high: Math.max(x.until, first * 2, 1e-9) };
  const atX = scale(across, left, right, x.logarithmic);
  const atY = scale(inside, bottom, top);
  const steps = x.logarithmic
    ? sparse(logTicks(across), atX, 46)
    : sparse(ticks(across, page.width / 110), atX, 46);
  const places = apart(
    shown.map((each) => atY(each.y) - 5),
    letters.size + 2,
  );
  return chart(page, title, [
    words(left, 16, `${y.name}`, { fill: greys.soft }),
    ...named.parts,
    ...values.flatMap((value, i) => [
      line(left, atY(value), right, atY(value), { stroke: greys.rule }),
      words(left - 8, atY(value) + 4, numbers[i]!, { anchor: 'end', fill: greys.soft }),
    ]),
    ...steps.flatMap((value) => [
      line(atX(value), bottom, atX(value), bottom + 5, { stroke: greys.soft }),
      words(atX(value), bottom + 19, count(value) === '0' && value > 0 ? String(value) : readable(value), {
        anchor: 'middle',
        fill: greys.soft,
      }),
    ]),
    words(right, bottom + 36, x.name, { anchor: 'end', fill: greys.soft }),
    ...sparse(moments, atX, 3).map((value) =>
      line(atX(value), bottom - 6, atX(value), bottom, { stroke: greys.soft }),
    ),
    ...shown.map((each) =>
      line(left, atY(each.y), right, atY(each.y), { stroke: greys.soft, 'stroke-dasharray': '5 4' }),
    ),
    ...series
      .toReversed()
      .flatMap((each) =>
        flight(each.steps, x.until, inside, atX, atY).map((points) =>
          polyline(points, { stroke: each.colour, 'stroke-width': 2, 'stroke-linejoin': 'round' }),
        ),
      ),
    line(left, bottom, right, bottom, { stroke: greys.ink }),
    ...marked(
      dots.filter((each) => each.y >= inside.low),
      series[0]?.colour ?? greys.ink,
      atX,
      atY,
    ),
    ...shown.map(({ name, y: value }, i) =>
      words(
        left + 6,
        Math.max(top + 10, places[i]!),
        `${clipped(name, Math.floor((right - left) / letters.width / 1.6))}  ${y.write(value)}`,
        { fill: greys.soft, halo: true },
      ),
    ),
  ]);
}

/** Dots with their labels above them; those that would cover another's label have none. */
function marked(
  dots: readonly Dot[],
  colour: string,
  atX: (x: number) => number,
  atY: (y: number) => number,
): string[] {
  const labels: string[] = [];
  const taken: (readonly [number, number])[] = [];
  const drawn = dots.map(({ x, y, said, label }) => {
    const [left, top] = [atX(x), atY(y)];
    if (label !== undefined && taken.every(([a, b]) => Math.abs(a - left) > 16 || Math.abs(b - top) > 14)) {
      taken.push([left, top]);
      labels.push(words(left - 2, top - 8, label, { anchor: 'end', halo: true, bold: true }));
    }
    return told(said, [
      circle(left, top, label === undefined ? 2.5 : 4, { fill: colour, stroke: greys.ground }),
    ]);
  });
  return [...drawn, ...labels];
}

/** The lines of a stair, as far as they are inside; corners that would lie in one pixel are left out. */
function flight(
  steps: readonly Step[],
  until: number,
  { low }: Span,
  atX: (x: number) => number,
  atY: (y: number) => number,
): (readonly [number, number])[][] {
  const lines: (readonly [number, number])[][] = [];
  let open: (readonly [number, number])[] = [];
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

/** What of the y axis is worth its room: where the stairs are from half of the way on, with some of what was before. */
function focus(
  series: Stairs['series'],
  references: NonNullable<Stairs['references']>,
  x: Stairs['x'],
): Span {
  const all = series.flatMap(({ steps }) => steps.map(({ y }) => y));
  const high = Math.max(...all);
  const middle = x.logarithmic ? Math.sqrt(x.until) : x.until / 2;
  const halfway = Math.min(
    ...series.map(({ steps }) => (steps.findLast((step) => step.x <= middle) ?? steps[0])?.y ?? high),
  );
  const least = high > halfway ? high - 4 * (high - halfway) : -Infinity;
  const { low } = spanOf(all.filter((y) => y >= least));
  const span = spanOf([low, high]);
  const reach = span.high - span.low;
  const near = references.map(({ y }) => y).filter((y) => y <= high + reach && y >= low - 0.5 * reach);
  const whole = spanOf([span.low, span.high, ...near]);
  const margin = 0.05 * (whole.high - whole.low);
  return { low: whole.low - margin, high: whole.high + margin };
}

/** Values in rising order, without those whose place is nearer than `gap` to that of one before. */
function sparse(values: readonly number[], at: (value: number) => number, gap: number): number[] {
  let last = -Infinity;
  return values.filter((value) => {
    if (at(value) - last < gap) return false;
    last = at(value);
    return true;
  });
}

/** Values as they are written, with more digits where that would make two alike. */
function distinct(values: readonly number[], write: (value: number) => string): string[] {
  const written = values.map(write);
  return new Set(written).size === values.length
    ? written
    : values.map((each) => String(Number(each.toPrecision(9))));
}

function readable(value: number): string {
  return value >= 1 ? value.toLocaleString('en-US') : String(Number(value.toPrecision(3)));
}
