import { clean } from './text.ts';

/** Signs that a screen is drawn with. */
export interface Glyphs {
  readonly unicode: boolean;
  readonly horizontal: string;
  readonly vertical: string;
  /** Corners: top left, top right, bottom left, bottom right. */
  readonly corners: readonly [string, string, string, string];
  /** From an eighth to whole. */
  readonly bars: readonly string[];
  readonly arrow: string;
  readonly best: string;
  readonly chosen: string;
  readonly dot: string;
  readonly up: string;
  readonly down: string;
}

export const drawn: Glyphs = {
  unicode: true,
  horizontal: '─',
  vertical: '│',
  corners: ['╭', '╮', '╰', '╯'],
  bars: ['▏', '▎', '▍', '▌', '▋', '▊', '▉', '█'],
  arrow: '→',
  best: '★',
  chosen: '▸',
  dot: '·',
  up: '↑',
  down: '↓',
};

export const typed: Glyphs = {
  unicode: false,
  horizontal: '-',
  vertical: '|',
  corners: ['+', '+', '+', '+'],
  bars: ['#'],
  arrow: '>',
  best: '*',
  chosen: '>',
  dot: '.',
  up: '^',
  down: 'v',
};

/** A bar for a share in [0, 1] of `columns` columns, to an eighth of a column in Unicode. */
export function bar(share: number, columns: number, { bars }: Glyphs): string {
  const parts = Math.round(Math.max(0, Math.min(1, share)) * columns * bars.length);
  const whole = Math.floor(parts / bars.length);
  const rest = parts % bars.length;
  const drawn = bars.at(-1)!.repeat(whole) + (rest > 0 ? bars[rest - 1]! : '');
  return drawn + ' '.repeat(columns - whole - (rest > 0 ? 1 : 0));
}

/** Foreign text made harmless, and in ASCII where the terminal knows no more. */
export function safe(text: string, { unicode }: Glyphs): string {
  const harmless = clean(text);
  return unicode ? harmless : harmless.replace(/[^\x20-\x7e]/gu, '?');
}
