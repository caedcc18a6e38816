import { line, polyline } from '../../problems/svg.ts';
import { chart, greys, legend, letters, type Page, told, words } from './page.ts';
import { scale, ticks } from './scale.ts';

/** How a whole was shared among parts, window after window. */
export interface Shares {
  readonly title: string;
  /** What the windows are counted by, and how much of it each takes. */
  readonly x: { readonly name: string; readonly window: number; readonly until: number };
  readonly y: string;
  /** Amounts by window, as many for each part; negative for none. */
  readonly parts: readonly {
    readonly name: string;
    readonly colour: string;
    readonly amounts: readonly number[];
  }[];
}

/** Shares as SVG text: bands on top of each other, the first at the bottom. */
export function shares({ title, x, y, parts }: Shares, page: Page): string {
  const left = 14 + 4 * letters.width;
  const right = page.width - 12;
  const named = legend(parts, { x: left, y: 34, width: right - left });
  const [top, bottom] = [38 + named.height, page.height - 40 + named.height];
  const whole = { ...page, height: page.height + named.height };
  const atX = scale({ low: 0, high: Math.max(1, x.until) }, left, right);
  const atY = scale({ low: 0, high: 1 }, bottom, top);
  const windows = parts[0]?.amounts.length ?? 0;
  const sums = Array.from({ length: windows }, (_, i) =>
    parts.reduce((sum, { amounts }) => sum + amounts[i]!, 0),
  );
  let floor = sums.map(() => 0);
  const bands = parts.map(({ name, colour, amounts }) => {
    const roof = floor.map((below, i) => below + (sums[i]! > 0 ? amounts[i]! / sums[i]! : 0));
    const edge = (heights: readonly number[]): (readonly [number, number])[] =>
      heights.flatMap((height, i) => [
        [atX(i * x.window), atY(height)] as const,
        [atX(Math.min(x.until, (i + 1) * x.window)), atY(height)] as const,
      ]);
    const points = [...edge(roof), ...edge(floor).reverse()];
    floor = roof;
    return told(name, [polyline(points, { fill: colour, stroke: greys.ground, 'stroke-width': 0.5 })]);
  });
  return chart(whole, title, [
    words(left, 16, y, { fill: greys.soft }),
    ...named.parts,
    ...bands,
    ...[0, 0.5, 1].map((share) =>
      words(left - 8, atY(share) + 4, `${100 * share}%`, { anchor: 'end', fill: greys.soft }),
    ),
    ...ticks({ low: 0, high: Math.max(1, x.until) }, page.width / 110).flatMap((value) => [
      line(atX(value), bottom, atX(value), bottom + 5, { stroke: greys.soft }),
      words(atX(value), bottom + 19, value.toLocaleString('en-US'), { anchor: 'middle', fill: greys.soft }),
    ]),
    line(left, bottom, right, bottom, { stroke: greys.ink }),
    words(right, bottom + 36, x.name, { anchor: 'end', fill: greys.soft }),
  ]);
}
