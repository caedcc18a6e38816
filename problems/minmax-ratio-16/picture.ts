import { type Point, placing } from '../plane.ts';
import { circle, colours, line, svg, text } from '../svg.ts';

const size = 480;
/** What counts as equal to the smallest or largest distance. */
const close = 1e-3;

/** The points, with the pairs whose distance is the smallest or the largest one, or nearly. */
export function picture(_: unknown, output: unknown): string {
  const points = output as Point[];
  const xs = points.map(([x]) => x);
  const ys = points.map(([, y]) => y);
  const corner: Point = [Math.min(...xs), Math.min(...ys)];
  const side = Math.max(Math.max(...xs) - corner[0], Math.max(...ys) - corner[1]);
  const place = placing(size, 40, corner, side);
  const pairs = points.flatMap((a, i) =>
    points
      .slice(0, i)
      .map((b) => ({ ends: [...place(a), ...place(b)] as const, far: Math.hypot(a[0] - b[0], a[1] - b[1]) })),
  );
  const least = Math.min(...pairs.map(({ far }) => far));
  const most = Math.max(...pairs.map(({ far }) => far));
  const short = pairs.filter(({ far }) => far <= least * (1 + close));
  const long = pairs.filter(({ far }) => far >= most * (1 - close));
  const title = `${points.length} points, square of largest over smallest distance ${((most / least) ** 2).toFixed(6)}`;
  return svg(size, size, title, [
    ...long.map(({ ends }) => line(...ends, { stroke: colours.sky })),
    ...short.map(({ ends }) => line(...ends, { stroke: colours.vermilion, 'stroke-width': 3 })),
    ...points.map((point) => circle(...place(point), 5)),
    text(8, 22, `smallest distance: ${short.length}`, { fill: colours.vermilion }),
    text(size - 8, 22, `largest: ${long.length}`, { fill: colours.blue, 'text-anchor': 'end' }),
  ]);
}
