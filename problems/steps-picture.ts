import { colours, line, polyline, svg, text } from './svg.ts';

const size = { width: 480, height: 400 };
const frame = { left: 44, right: 464, top: 44, bottom: 360 };

/** A step function as steps over [0, 1], from 0 to `highest`. */
export function pictureOfSteps(title: string, heights: readonly number[], highest: number): string {
  const x = (share: number) => frame.left + share * (frame.right - frame.left);
  const y = (height: number) => frame.bottom - (height / highest) * (frame.bottom - frame.top);
  const corners = heights.flatMap((height, i) => [
    [x(i / heights.length), y(height)] as const,
    [x((i + 1) / heights.length), y(height)] as const,
  ]);
  const outline = [[frame.left, frame.bottom] as const, ...corners, [frame.right, frame.bottom] as const];
  return svg(size.width, size.height, title, [
    polyline(outline, { fill: colours.sky, 'fill-opacity': 0.4, stroke: colours.blue, 'stroke-width': 1.5 }),
    line(frame.left, frame.bottom, frame.right, frame.bottom),
    line(frame.left, frame.top, frame.left, frame.bottom),
    text(8, 24, title),
    text(frame.left - 6, frame.top + 6, `${Number(highest.toPrecision(3))}`, { 'text-anchor': 'end' }),
    text(frame.left - 6, frame.bottom, '0', { 'text-anchor': 'end' }),
    text(frame.left, frame.bottom + 22, '0'),
    text(frame.right, frame.bottom + 22, '1', { 'text-anchor': 'end' }),
  ]);
}
