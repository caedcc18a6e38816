import type { Frame } from './axes.ts';
import { clipped, greys, letters, words } from './page.ts';
import { type Span, spanOf, widened } from './scale.ts';

/** A value to measure others by. */
export interface Reference {
  readonly name: string;
  readonly y: number;
}

interface Step {
  readonly x: number;
  readonly y: number;
}

/** How many times the later rise the whole may span before the beginning is cut off. */
const patience = 15;

/** What of the upright axis is worth its room: all of the stairs, unless their later half could not be seen then. */
export function focus(
  stairs: readonly (readonly Step[])[],
  references: readonly Reference[],
  { until, logarithmic }: { readonly until: number; readonly logarithmic: boolean },
): Span {
  const all = stairs.flatMap((steps) => steps.map(({ y }) => y));
  const high = all.reduce((most, y) => Math.max(most, y), -Infinity);
  const halfway = stairs.reduce(
    (least, steps) => Math.min(least, middleOf(steps, { until, logarithmic })),
    high,
  );
  const least = high > halfway ? high - patience * (high - halfway) : -Infinity;
  const span = spanOf(all.filter((y) => y >= least));
  const reach = span.high - span.low;
  const near = references.filter(({ y }) => y <= span.high + reach && y >= span.low - reach / 2);
  const whole = spanOf([span.low, span.high, ...near.map(({ y }) => y)]);
  return widened(whole, 0.1 * (whole.high / 2 - whole.low / 2));
}

/** How high a stair is half of the way along. */
export function middleOf(
  steps: readonly Step[],
  { until, logarithmic }: { readonly until: number; readonly logarithmic: boolean },
): number {
  const middle = logarithmic ? Math.sqrt(until) : until / 2;
  return (steps.findLast(({ x }) => x <= middle) ?? steps[0]!).y;
}

/** What an axis does not reach, in words that take no more than `room`; empty where it reaches all. */
export function beyond(
  first: number,
  references: readonly Reference[],
  { low, high }: Span,
  write: (value: number) => string,
  room: number,
): string {
  const said = (those: readonly Reference[]): string =>
    those.map(({ name, y }) => `${name} ${write(y)}`).join(', ');
  const above = references.filter(({ y }) => y > high);
  const below = [
    ...(first < low ? [{ name: 'the first', y: first }] : []),
    ...references.filter(({ y }) => y < low),
  ];
  const parts = [
    ...(above.length > 0 ? [`Above: ${said(above)}.`] : []),
    ...(below.length > 0 ? [`Below: ${said(below)}.`] : []),
  ];
  return clipped(parts.join(' '), Math.max(8, Math.floor(room / letters.width)));
}

/**
 * Names of references beside their lines, where a stair is not: at the left for those above `middle`, its height half
 * of the way along, else at the right. Those whose lines are near each other share one.
 */
export function labelled(
  references: readonly Reference[],
  middle: number,
  write: (value: number) => string,
  atY: (value: number) => number,
  { left, right }: Frame,
): string[] {
  const groups: Reference[][] = [];
  for (const each of references.toSorted((a, b) => b.y - a.y)) {
    const last = groups.at(-1);
    if (last && atY(each.y) - atY(last[0]!.y) < letters.size + 3) last.push(each);
    else groups.push([each]);
  }
  const most = Math.floor((0.7 * (right - left)) / letters.width);
  return groups.map((group) => {
    const said = group.map(({ name, y }) => `${name} ${write(y)}`);
    const whole = said.join(', ');
    const label =
      whole.length > most && said.length > 1 ? `${said[0]}, and ${said.length - 1} near it` : whole;
    const y = atY(group[0]!.y) - 5;
    const look = { fill: greys.soft, halo: true };
    return group[0]!.y >= middle
      ? words(left + 6, y, clipped(label, most), look)
      : words(right - 6, y, clipped(label, most), { ...look, anchor: 'end' });
  });
}
