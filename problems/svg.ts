import { expected } from '../core/search/errors.ts';

/** Attributes of a shape, such as `{ fill: colours.blue, 'stroke-width': 2 }`. */
export type Look = Readonly<Record<string, string | number>>;

/** Colours that a colour-blind person tells apart, after Okabe and Ito, and greys for what stands behind. */
export const colours = {
  black: '#000000',
  blue: '#0072b2',
  sky: '#56b4e9',
  green: '#009e73',
  yellow: '#f0e442',
  orange: '#e69f00',
  vermilion: '#d55e00',
  pink: '#cc79a7',
  grey: '#8a8a8a',
  light: '#e4e4e4',
} as const;

/**
 * A picture that stands by itself: no script, nothing from elsewhere, white behind its parts. `width` and `height`
 * are those of the view box; it is shown at any size, down to 400 pixels, so text of 16 in a width of 480 is well.
 */
export function svg(width: number, height: number, title: string, parts: readonly string[]): string {
  const opening = { xmlns: 'http://www.w3.org/2000/svg', viewBox: `0 0 ${width} ${height}`, role: 'img' };
  const head = `<svg${attributes({ ...opening, 'font-family': 'sans-serif', 'font-size': 16 })}>`;
  const ground = rect(0, 0, width, height, { fill: '#ffffff' });
  return [head, `<title>${escaped(title)}</title>`, ground, ...parts, '</svg>', ''].join('\n');
}

/** A rectangle by its upper left corner. */
export function rect(x: number, y: number, width: number, height: number, look: Look = {}): string {
  return `<rect${attributes({ x, y, width, height, ...look })}/>`;
}

/** A circle by its centre. */
export function circle(cx: number, cy: number, r: number, look: Look = {}): string {
  return `<circle${attributes({ cx, cy, r, ...look })}/>`;
}

/** A stroke from one point to another. */
export function line(x1: number, y1: number, x2: number, y2: number, look: Look = {}): string {
  return `<line${attributes({ x1, y1, x2, y2, stroke: colours.black, ...look })}/>`;
}

/** A stroke through points, not filled unless `look` says so. */
export function polyline(points: readonly (readonly [x: number, y: number])[], look: Look = {}): string {
  const places = points.map(([x, y]) => `${number(x)},${number(y)}`).join(' ');
  return `<polyline${attributes({ points: places, fill: 'none', stroke: colours.black, ...look })}/>`;
}

/** Words whose first line begins at a point; `'text-anchor': 'middle'` or `'end'` moves them. */
export function text(x: number, y: number, words: string, look: Look = {}): string {
  return `<text${attributes({ x, y, ...look })}>${escaped(words)}</text>`;
}

function attributes(look: Look): string {
  return Object.entries(look)
    .map(([name, value]) => ` ${name}="${typeof value === 'number' ? number(value) : escaped(value)}"`)
    .join('');
}

/** A thousandth is less than any screen shows. */
function number(value: number): string {
  if (!Number.isFinite(value)) throw expected('a picture to be drawn with finite numbers', String(value));
  return String(Number(value.toFixed(3)));
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text as XML may hold it; characters that XML forbids become the one for what is unknown. */
export function escaped(words: string): string {
  return words
    .toWellFormed()
    .replace(/[^\t\n\r\u0020-\ufffd\u{10000}-\u{10ffff}]/gu, '\ufffd')
    .replace(/[&<>"']/g, (character) => entities[character]!);
}
