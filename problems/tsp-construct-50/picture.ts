import { circle, colours, polyline, svg, text } from '../svg.ts';
import type { Tour } from './judge.ts';

const width = 480;
const margin = 20;
const top = 44;

/** The closed tour, from the start, which is ringed, along the thick end of the stroke. */
export function picture({ points }: Tour, output: readonly number[]): string {
  const side = width - 2 * margin;
  const place = (city: number): readonly [number, number] => {
    const [x, y] = points[city]!;
    return [margin + x * side, top + (1 - y) * side];
  };
  const stops = output.map(place);
  const ways = stops.map((stop, i) => [stop, stops[(i + 1) % stops.length]!] as const);
  const length = ways.reduce((sum, [[x, y], [a, b]]) => sum + Math.hypot(a - x, b - y), 0) / side;
  const title = `Tour of ${points.length} cities, length ${length.toFixed(4)}`;
  const strokes = ways.map((way, i) =>
    polyline(way, {
      stroke: colours.blue,
      'stroke-width': 4 - (2.5 * i) / ways.length,
      'stroke-linecap': 'round',
    }),
  );
  const dots = stops.map(([x, y]) => circle(x, y, 4, { fill: colours.black }));
  const [x, y] = stops[0]!;
  const start = circle(x, y, 10, { fill: 'none', stroke: colours.vermilion, 'stroke-width': 3 });
  const note = 'from the ringed city, thick to thin';
  return svg(width, top + side + 40, title, [
    text(margin, 28, title),
    ...strokes,
    ...dots,
    start,
    text(margin, top + side + 30, note, { 'font-size': 14 }),
  ]);
}
