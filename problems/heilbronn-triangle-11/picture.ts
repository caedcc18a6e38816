import { type Point, placing } from '../plane.ts';
import { circle, colours, polyline, svg, text } from '../svg.ts';
import { smallest } from './judge.ts';

const size = 480;
/** The corner triangle drawn with equal sides: no share of areas changes. */
const equilateral = ([x, y]: Point): Point => [x + y / 2, (y * Math.sqrt(3)) / 2];

/** The points in a triangle of equal sides, and the smallest triangle that three of them form. */
export function picture(_: unknown, output: unknown): string {
  const points = output as Point[];
  const onto = placing(size, 24, [0, 0], 1);
  const place = (point: Point) => onto(equilateral(point));
  const frame = (
    [
      [0, 0],
      [1, 0],
      [0, 1],
      [0, 0],
    ] as const
  ).map(place);
  const { corners, share } = smallest(points);
  const least = corners.map((corner) => place(points[corner]!));
  const look = {
    fill: colours.orange,
    stroke: colours.vermilion,
    'stroke-width': 2,
    'stroke-linejoin': 'round',
  };
  return svg(size, size, `${points.length} points, smallest triangle ${share.toFixed(8)} of the whole`, [
    polyline(frame),
    polyline([...least, least[0]!], look),
    ...points.map((point) => circle(...place(point), 5)),
    text(8, 22, `smallest: ${share.toFixed(6)}`, { fill: colours.vermilion }),
  ]);
}
