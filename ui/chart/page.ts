import { colours, rect, svg, text } from '../../problems/svg.ts';
import { legible, markup, textOf, trusted } from '../text/markup.ts';

/** Room for a chart, in units that are pixels where it is shown as wide as it is. */
export interface Page {
  readonly width: number;
  readonly height: number;
}

/** What a chart is drawn for: a column of text, or a phone. */
export const pages = { wide: { width: 840, height: 340 }, narrow: { width: 348, height: 280 } } as const;

/** Shades of grey for text and rules: the most important the darkest. */
export const greys = { ink: '#333333', soft: '#767676', rule: '#e4e4e4', ground: '#ffffff' } as const;

/** Colours for lines and areas, in the order of use; distinguishable with any colour vision. */
export const hues: readonly string[] = [
  colours.blue,
  colours.vermilion,
  colours.green,
  colours.pink,
  colours.orange,
  colours.sky,
  '#6d6d6d',
];
/** For everything beyond the hues. */
export const rest = '#b9b9b9';

/** Letters of charts, and about how wide one is. */
export const letters = { size: 12, width: 6.4 } as const;

/** A chart with a title for screen readers. */
export function chart({ width, height }: Page, title: string, parts: readonly string[]): string {
  return svg(width, height, legible(title), parts);
}

/** Words of a chart. */
export function words(
  x: number,
  y: number,
  said: string,
  look: {
    readonly fill?: string;
    readonly anchor?: 'middle' | 'end';
    readonly halo?: boolean;
    readonly bold?: boolean;
  } = {},
): string {
  const { fill = greys.ink, anchor, halo, bold } = look;
  return text(x, y, legible(said), {
    'font-size': letters.size,
    fill,
    ...(anchor ? { 'text-anchor': anchor } : {}),
    ...(bold ? { 'font-weight': 'bold' } : {}),
    // Lines that words cross stay clear of them.
    ...(halo
      ? { stroke: greys.ground, 'stroke-width': 4, 'stroke-linejoin': 'round', 'paint-order': 'stroke' }
      : {}),
  });
}

/** Shapes that say something when they are pointed at. */
export function told(said: string, shapes: readonly string[]): string {
  return textOf(markup`<g><title>${said}</title>${trusted(shapes.join(''))}</g>`);
}

/** Names with their colours in rows below each other from a point on, and how high that is. */
export function legend(
  names: readonly { readonly name: string; readonly colour: string }[],
  { x, y, width }: { readonly x: number; readonly y: number; readonly width: number },
): { readonly parts: string[]; readonly height: number } {
  const row = 18;
  let [left, top] = [x, y];
  const parts = names.flatMap(({ name, colour }) => {
    const said = clipped(name, Math.min(40, Math.floor((width - 16) / letters.width)));
    const own = 16 + said.length * letters.width + 14;
    if (left > x && left + own > x + width) [left, top] = [x, top + row];
    const at = left;
    left += own;
    return [rect(at, top - 9, 10, 10, { fill: colour }), words(at + 15, top, said)];
  });
  return { parts, height: names.length > 0 ? top - y + row : 0 };
}

/** A name that fits: cut in its middle, where the end often tells most. */
export function clipped(name: string, most: number): string {
  const shown = legible(name);
  if (shown.length <= most) return shown;
  const end = Math.floor((most - 1) / 3);
  return `${shown.slice(0, most - 1 - end)}…${end > 0 ? shown.slice(-end) : ''}`.toWellFormed();
}
