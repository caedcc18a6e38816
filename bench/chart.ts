/**
 * Line charts as SVG: medians with bands, and dashed lines to measure them by. Beside `ui/chart`, with which it shares
 * its scales: that draws for a page's theme and says its data in words, this draws bands for a file of its own.
 */
import { escaped } from '../problems/svg.ts';
import { apart, logTicks, type Span, scale, spanOf, ticks } from '../ui/chart/scale.ts';

/** A line through points, x rising, with the band around it. */
export interface Series {
  readonly name: string;
  readonly points: readonly {
    readonly x: number;
    readonly y: number;
    readonly low: number;
    readonly high: number;
  }[];
}

/** A chart. `y` is higher the better. */
export interface Chart {
  readonly title: string;
  readonly x: { readonly title: string; readonly logarithmic: boolean };
  readonly y: {
    readonly title: string;
    /** How a value is written at its tick. */
    readonly write: (value: number) => string;
  };
  readonly series: readonly Series[];
  readonly references: readonly { readonly name: string; readonly y: number }[];
  /** A line below, in small letters. */
  readonly note: string;
}

/** Colours that people of any colour vision tell apart (Okabe and Ito 2008), the darkest for what matters most. */
const colours = ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#e69f00', '#56b4e9', '#000000'];
const ink = '#333333';
const grey = '#767676';

const frame = { left: 92, top: 44, width: 500, height: 320 };
const size = { width: 800, height: 452 };

/** The chart as one self-contained SVG text. */
export function draw({ title, x, y, series, references, note }: Chart): string {
  const across = spanOf(
    series.flatMap(({ points }) => points.map((each) => each.x)),
    x.logarithmic,
  );
  const inside = focus(series, references);
  const shown = references.filter((each) => each.y >= inside.low && each.y <= inside.high);
  const atX = scale(across, frame.left, frame.left + frame.width, x.logarithmic);
  const atY = scale(inside, frame.top + frame.height, frame.top);
  const bottom = frame.top + frame.height;
  const right = frame.left + frame.width;

  const parts = [
    `<rect width="${size.width}" height="${size.height}" fill="#ffffff"/>`,
    text(frame.left, 24, title, { size: 16, weight: 'bold' }),
    `<clipPath id="inside"><rect x="${frame.left}" y="${frame.top}" width="${frame.width}" height="${frame.height}"/></clipPath>`,
    ...ticks(inside, 6).map((value) =>
      [
        `<path d="M${frame.left} ${at(atY(value))}H${right}" stroke="#e4e4e4"/>`,
        text(frame.left - 8, atY(value) + 4, y.write(value), { anchor: 'end' }),
      ].join(''),
    ),
    ...(x.logarithmic ? logTicks(across) : ticks(across, 6)).map((value) =>
      [
        `<path d="M${at(atX(value))} ${bottom}v5" stroke="${ink}"/>`,
        text(atX(value), bottom + 19, value.toLocaleString('en-US'), { anchor: 'middle' }),
      ].join(''),
    ),
    text(frame.left + frame.width / 2, bottom + 40, x.title, { anchor: 'middle' }),
    `<g transform="rotate(-90 16 ${frame.top + frame.height / 2})">${text(16, frame.top + frame.height / 2, y.title, { anchor: 'middle' })}</g>`,
    ...series.map(
      ({ points }, i) =>
        `<path clip-path="url(#inside)" d="${band(points, atX, atY)}" fill="${colourOf(i)}" fill-opacity="0.16"/>`,
    ),
    ...shown.map(
      (each) =>
        `<path d="M${frame.left} ${at(atY(each.y))}H${right}" stroke="${grey}" stroke-dasharray="6 4"/>`,
    ),
    // The first series lies on top of the others.
    ...series
      .map(
        ({ points }, i) =>
          `<path clip-path="url(#inside)" d="${steps(points, atX, atY)}" fill="none" stroke="${colourOf(i)}" stroke-width="2.2" stroke-linejoin="round"/>`,
      )
      .reverse(),
    `<path d="M${frame.left} ${frame.top}V${bottom}H${right}" fill="none" stroke="${ink}"/>`,
    ...beside(
      [
        ...shown.map(({ name, y: value }) => ({ name, y: atY(value), colour: grey, dashed: true })),
        ...series.map(({ name, points }, i) => ({
          name,
          y: clamp(atY(points.at(-1)!.y), frame.top, bottom),
          colour: colourOf(i),
          dashed: false,
        })),
      ],
      right,
    ),
    ...[note, beyond(references, inside, y.write)].map((words, i) =>
      text(frame.left, bottom + 62 + 16 * i, words, { size: 11, fill: '#555555' }),
    ),
  ];
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size.width} ${size.height}" role="img" font-family="Helvetica, Arial, sans-serif"><title>${escaped(title)}</title>\n${parts.join('\n')}\n</svg>\n`;
}

/** Which references the axis does not reach, in words. */
function beyond(references: Chart['references'], { low, high }: Span, write: Chart['y']['write']): string {
  const listed = (those: Chart['references']): string =>
    those.map(({ name, y }) => `${name} ${write(y)}`).join(', ');
  const above = references.filter(({ y }) => y > high);
  const below = references.filter(({ y }) => y < low);
  const parts = [
    above.length > 0 ? `Above the chart: ${listed(above)}.` : '',
    below.length > 0 ? `Below: ${listed(below)}.` : '',
  ];
  return parts.filter(Boolean).join(' ');
}

/** What of the y axis is worth its room: from where the medians are after the first steps, and references not far off. */
function focus(series: readonly Series[], references: Chart['references']): Span {
  const late = series.flatMap(({ points }) => {
    const last = points.at(-1)!.x;
    return points.filter(({ x }) => x >= last / 30).flatMap(({ y, low, high }) => [y, (y + low) / 2, high]);
  });
  const { low, high } = spanOf(late);
  const near = references
    .map(({ y }) => y)
    .filter((y) => y <= high + 1.2 * (high - low) && y >= low - 0.6 * (high - low));
  const span = spanOf([low, high, ...near]);
  const margin = 0.04 * (span.high - span.low);
  return { low: span.low - margin, high: span.high + margin };
}

/** A path that stays where it is until the next point: what is best does not rise in between. */
function steps(points: Series['points'], atX: (x: number) => number, atY: (y: number) => number): string {
  return points
    .map(({ x, y }, i) => (i === 0 ? `M${at(atX(x))} ${at(atY(y))}` : `H${at(atX(x))}V${at(atY(y))}`))
    .join('');
}

function band(points: Series['points'], atX: (x: number) => number, atY: (y: number) => number): string {
  const there = points.map(({ x, high }, i) =>
    i === 0 ? `M${at(atX(x))} ${at(atY(high))}` : `H${at(atX(x))}V${at(atY(high))}`,
  );
  // Back along the lower edge, each step down where it rose.
  const back = points
    .toReversed()
    .map(({ x, low }, i) => (i === 0 ? `V${at(atY(low))}` : `V${at(atY(low))}H${at(atX(x))}`));
  return `${there.join('')}${back.join('')}Z`;
}

interface Label {
  readonly name: string;
  readonly y: number;
  readonly colour: string;
  readonly dashed: boolean;
}

/** Names beside the ends of their lines, moved apart where they would touch. */
function beside(labels: readonly Label[], right: number): string[] {
  const height = 15;
  const sorted = labels.toSorted((a, b) => a.y - b.y);
  const places = apart(
    sorted.map(({ y }) => y),
    height,
  );
  return sorted.map(({ name, y, colour, dashed }, i) =>
    [
      `<path d="M${right} ${at(y)}L${right + 14} ${at(places[i]!)}h16" fill="none" stroke="${colour}"${dashed ? ' stroke-dasharray="6 4"' : ' stroke-width="2.2"'}/>`,
      text(right + 35, places[i]! + 4, name, dashed ? { fill: '#555555' } : { weight: 'bold' }),
    ].join(''),
  );
}

function text(
  x: number,
  y: number,
  words: string,
  style: { size?: number; weight?: string; anchor?: string; fill?: string } = {},
): string {
  const { size: letters = 12, weight, anchor, fill = ink } = style;
  return `<text x="${at(x)}" y="${at(y)}" font-size="${letters}" fill="${fill}"${weight ? ` font-weight="${weight}"` : ''}${anchor ? ` text-anchor="${anchor}"` : ''}>${escaped(words)}</text>`;
}

function colourOf(i: number): string {
  return colours[i % colours.length]!;
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value));
}

/** A coordinate: a tenth of a unit is finer than anyone sees. */
function at(value: number): string {
  return String(Math.round(value * 10) / 10);
}
