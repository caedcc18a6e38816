import type { Point } from '../facts/facts.ts';
import { short } from './words.ts';

/** A value that is named beside the curve, with a line across or without. */
export interface Mark {
  readonly value: number;
  readonly label: string;
  readonly line: boolean;
}

export interface Size {
  /** Columns, labels among them; at least 30. */
  readonly width: number;
  /** Rows of the curve itself; its axis takes two more. */
  readonly height: number;
  /** Braille and box drawing, or ASCII only. */
  readonly unicode: boolean;
}

/** What a curve is drawn against, from left to right. */
export interface Axis {
  /** A logarithmic one begins at 1, a linear one at 0. */
  readonly scale: 'logarithmic' | 'linear';
  /** At the right edge; above 0. */
  readonly until: number;
  /** What it counts. */
  readonly unit: string;
  /** A tick in words. */
  label(at: number): string;
}

/** The best score from a place on the axis on. */
export interface Step {
  readonly at: number;
  readonly score: number;
}

/** What a cell of the picture is made of. */
interface Ink {
  /** Dots that a cell has across and down. */
  readonly dots: readonly [across: number, down: number];
  /** A cell by the bits of its dots, row by row. */
  readonly cell: (bits: number) => string;
  readonly line: string;
  readonly axis: string;
  readonly tick: string;
}

const braille: Ink = {
  dots: [2, 4],
  cell: (bits) => String.fromCodePoint(0x2800 + brailleOf(bits)),
  line: '┄',
  axis: '─',
  tick: '┴',
};
const ascii: Ink = { dots: [1, 1], cell: () => '*', line: '.', axis: '-', tick: '+' };

/**
 * The best score against evaluations, as text: a stair that rises to the right over a logarithmic axis, higher is
 * better, with marks named beside it. Marks too close for a row each are named in rows next to their own.
 * `until`: evaluations at the right edge.
 */
export function curve(
  heights: readonly Pick<Point, 'evaluations' | 'score'>[],
  marks: readonly Mark[],
  until: number,
  size: Size,
): string[] {
  const steps = heights.map(({ evaluations, score }) => ({ at: evaluations, score }));
  return stairs(steps, marks, { scale: 'logarithmic', until, unit: 'evaluations', label: short }, size);
}

/** The same against any axis. */
export function stairs(
  steps: readonly Step[],
  marks: readonly Mark[],
  axis: Axis,
  { width, height, unicode }: Size,
): string[] {
  const ink = unicode ? braille : ascii;
  const widest = Math.max(axis.unit.length, ...marks.map(({ label }) => label.length));
  const labels = Math.min(widest, Math.floor(width / 2));
  const columns = width - labels - 1;
  const [across, down] = ink.dots;
  const values = [...steps.map(({ score }) => score), ...marks.map(({ value }) => value)];
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const rowOf = (value: number, rows: number): number =>
    Math.round(high > low ? ((high / 2 - value / 2) / (high / 2 - low / 2)) * (rows - 1) : (rows - 1) / 2);
  const dotOf = (value: number): number => rowOf(value, height * down);

  const cells = Array.from({ length: height }, () => new Array<number>(columns).fill(0));
  for (const [x, [from, to]] of stair(steps, axis, columns * across, dotOf).entries()) {
    for (let y = from; y <= to; y++) {
      cells[Math.floor(y / down)]![Math.floor(x / across)]! |= 1 << ((y % down) * across + (x % across));
    }
  }
  const lined = new Set(marks.filter(({ line }) => line).map(({ value }) => Math.floor(dotOf(value) / down)));
  const named = rowsFor(
    marks.map((mark) => [Math.floor(dotOf(mark.value) / down), mark] as const),
    height,
  );
  const rows = cells.map((row, y) => {
    const drawn = row.map((bits) => (bits ? ink.cell(bits) : lined.has(y) ? ink.line : ' ')).join('');
    return `${drawn} ${(named.get(y) ?? '').slice(0, labels)}`.trimEnd();
  });
  return [...rows, ...ruler(axis, columns, ink)];
}

/** For each dot column, the rows of dots that the stair covers: nothing before its first height. */
function stair(
  steps: readonly Step[],
  { scale, until }: Axis,
  columns: number,
  dotOf: (score: number) => number,
): (readonly [from: number, to: number])[] {
  let next = 0;
  let before: number | undefined;
  return Array.from({ length: columns }, (_, x) => {
    // The share of a column's right edge, so that what happened within a column is seen in it.
    const share = (x + 1) / columns;
    const edge = x === columns - 1 ? Infinity : scale === 'linear' ? until * share : until ** share;
    while (next < steps.length && steps[next]!.at <= edge) next++;
    if (next === 0) return [0, -1];
    const dot = dotOf(steps[next - 1]!.score);
    const span = [Math.min(dot, before ?? dot), Math.max(dot, before ?? dot)] as const;
    before = dot;
    return span;
  });
}

/** A row of its own for each mark: the higher the value the higher the row, as near to the right one as can be. */
function rowsFor(
  wanted: readonly (readonly [row: number, mark: Mark])[],
  height: number,
): Map<number, string> {
  const sorted = wanted.toSorted(([, a], [, b]) => b.value - a.value).slice(0, height);
  const rows: number[] = [];
  for (const [row] of sorted) rows.push(Math.max(row, (rows.at(-1) ?? -1) + 1));
  for (let i = rows.length - 1, most = height - 1; i >= 0; i--, most--) {
    rows[i] = most = Math.min(rows[i]!, most);
  }
  return new Map(sorted.map(([, { label }], i) => [rows[i]!, label]));
}

/** The axis with its ticks, and the ticks' numbers. */
function ruler(axis: Axis, columns: number, ink: Ink): [line: string, numbers: string] {
  const { scale, until, unit, label } = axis;
  const line = new Array<string>(columns).fill(ink.axis);
  let numbers = '';
  for (const tick of scale === 'linear' ? evenTicks(until, columns) : powers(until)) {
    const share = scale === 'linear' ? tick / until : until > 1 ? Math.log(tick) / Math.log(until) : 0;
    const at = Math.round(share * (columns - 1));
    line[at] = ink.tick;
    const words = label(tick);
    const free = at === 0 || at > numbers.length;
    if (free && at + words.length <= columns) numbers = numbers.padEnd(at) + words;
  }
  return [line.join(''), `${numbers.padEnd(columns)} ${unit}`];
}

/** A tick for each power of ten. */
function powers(until: number): number[] {
  const ticks: number[] = [];
  for (let power = 1; power <= until; power *= 10) ticks.push(power);
  return ticks;
}

/** Columns between two ticks of a linear axis, at least. */
const apart = 10;

/** Ticks at multiples of 1, 2 or 5 times a power of ten. */
function evenTicks(until: number, columns: number): number[] {
  const least = (until * apart) / columns;
  const power = 10 ** Math.floor(Math.log10(least));
  const step = power * [1, 2, 5, 10].find((factor) => factor * power >= least)!;
  return Array.from({ length: Math.floor(until / step) + 1 }, (_, i) => i * step);
}

/** Braille numbers its dots down the columns, the last row apart. */
function brailleOf(bits: number): number {
  const order = [0x01, 0x08, 0x02, 0x10, 0x04, 0x20, 0x40, 0x80];
  return order.reduce((sum, dot, i) => (bits & (1 << i) ? sum | dot : sum), 0);
}
