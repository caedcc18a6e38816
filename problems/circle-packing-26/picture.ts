import { circle, colours, rect, svg, text } from '../svg.ts';
import { type Circle, overlap } from './exact.ts';
import type { Square } from './judge.ts';

const width = 480;
const margin = 20;
const top = 44;
/** Nearer than this, circles are drawn as touching: it is far less than a pixel. */
const near = 1e-6;

/** The circles, by how many things each touches: a circle that touches fewer than three is loose. */
export function picture({ circles }: Square, output: readonly Circle[]): string {
  const side = width - 2 * margin;
  const sum = output.reduce((total, [, , r]) => total + r, 0);
  const title = `${circles} circles, sum of radii ${sum.toFixed(8)}`;
  const discs = output.map((each, i) => {
    const [x, y, r] = each;
    const firm = touches(each, output, i) >= 3;
    return circle(margin + x * side, top + (1 - y) * side, r * side, {
      fill: firm ? colours.sky : colours.yellow,
      stroke: colours.black,
    });
  });
  return svg(width, top + side + 40, title, [
    text(margin, 28, title),
    rect(margin, top, side, side, { fill: 'none', stroke: colours.black, 'stroke-width': 2 }),
    ...discs,
    text(margin, top + side + 30, 'yellow: touches fewer than three others or walls', { 'font-size': 14 }),
  ]);
}

/** How many walls and circles one touches. */
function touches(own: Circle, all: readonly Circle[], at: number): number {
  const [x, y, r] = own;
  const walls = [x, y, 1 - x, 1 - y].filter((room) => room - r < near).length;
  const grown: Circle = [x, y, r + near];
  return walls + all.filter((other, i) => i !== at && overlap(grown, other)).length;
}
