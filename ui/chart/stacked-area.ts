import { polyline } from '../../problems/svg.ts';
import { amount, axes, roomFor, written } from './axes.ts';
import { chart, greys, legend, type Page, told } from './page.ts';
import { scale, ticks } from './scale.ts';

/** How a whole was shared among parts, window after window. */
export interface StackedArea {
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
export function stackedArea({ title, x, y, parts }: StackedArea, page: Page): string {
  const upright = written([0, 0.5, 1], (share) => `${100 * share}%`);
  const left = roomFor(upright);
  const right = page.width - 12;
  const named = legend(parts, { x: left, y: 34, width: right - left });
  const whole = { ...page, height: page.height + named.height };
  const frame = { left, right, top: 30 + named.height, bottom: whole.height - 40 };
  const across = { low: 0, high: Math.max(1, x.until) };
  const atX = scale(across, left, right);
  const atY = scale({ low: 0, high: 1 }, frame.bottom, frame.top);
  const below = written(ticks(across, page.width / 110), amount);
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
    ...named.parts,
    ...bands,
    ...axes(
      frame,
      { name: x.name, ticks: below, at: atX },
      { name: y, ticks: upright, at: atY, ruled: false },
    ),
  ]);
}
