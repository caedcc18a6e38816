import { circle, colours, line, rect, svg, text } from '../svg.ts';
import type { Law } from './laws.ts';
import type { Sample } from './regression.ts';

const [left, top, side] = [64, 44, 392];

/** What the program says against what the law says, point by point; on the diagonal they agree. */
export function picture(law: Law, { points }: Sample, output: readonly number[]): string {
  const values = points.map((point) => law.value(...point));
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const [least, range] = [low - 0.05 * (high - low), 1.1 * (high - low)];
  const share = (value: number) => (value - least) / range;
  const clipped = (value: number) => Math.min(1, Math.max(0, share(value)));
  const x = (value: number) => left + side * share(value);
  const y = (value: number) => top + side * (1 - clipped(value));
  const outside = output.filter((guess) => share(guess) !== clipped(guess)).length;
  const marks = values.map((value, i) => {
    const within = share(output[i]!) === clipped(output[i]!);
    return circle(x(value), y(output[i]!), 3, {
      fill: within ? colours.blue : colours.vermilion,
      'fill-opacity': 0.6,
    });
  });
  const small = { 'font-size': 14 };
  const title = `${law.id} at ${points.length} points`;
  const lost = outside > 0 ? `${outside} lie beyond the frame and are drawn on its edge` : '';
  return svg(480, top + side + 82, title, [
    text(12, 26, title),
    rect(left, top, side, side, { fill: 'none', stroke: colours.grey }),
    line(left, top + side, left + side, top, { stroke: colours.grey, 'stroke-dasharray': '5 4' }),
    ...marks,
    ...[low, high].flatMap((value) => [
      text(x(value), top + side + 20, value.toPrecision(3), { ...small, 'text-anchor': 'middle' }),
      text(left - 8, y(value) + 5, value.toPrecision(3), { ...small, 'text-anchor': 'end' }),
    ]),
    text(left, top + side + 48, 'across: what the law says; up: what the program says', small),
    text(left, top + side + 68, lost, { ...small, fill: colours.vermilion }),
  ]);
}
