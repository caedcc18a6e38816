import { line } from '../../problems/svg.ts';
import { greys, letters, words } from './page.ts';

/** Where on a page the lines of a chart may be. */
export interface Frame {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** A value of an axis, and how it is written there. */
export interface Tick {
  readonly value: number;
  readonly said: string;
}

/** An axis: what it counts, which values are named, and where they lie. */
export interface Axis {
  readonly name: string;
  readonly ticks: readonly Tick[];
  readonly at: (value: number) => number;
}

/** Ticks as `write` has them, with more digits where that would make two alike. */
export function written(values: readonly number[], write: (value: number) => string): Tick[] {
  const said = values.map(write);
  const alike = new Set(said).size < values.length;
  return values.map((value, i) => ({ value, said: alike ? String(Number(value.toPrecision(9))) : said[i]! }));
}

/** Room that the ticks of the upright axis take at the left of a page. */
export function roomFor(ticks: readonly Tick[]): number {
  return 14 + Math.max(1, ...ticks.map(({ said }) => said.length)) * letters.width;
}

/** Values in rising order, without those whose place is nearer than `gap` to that of one before. */
export function sparse(
  values: readonly number[],
  at: (value: number) => number,
  gap: number,
): readonly number[] {
  let last = -Infinity;
  return values.filter((value) => {
    if (at(value) - last < gap) return false;
    last = at(value);
    return true;
  });
}

/** An amount as it is written below an axis. */
export function amount(value: number): string {
  return value >= 1 || value === 0 ? value.toLocaleString('en-US') : String(Number(value.toPrecision(3)));
}

/** The rules and names of a chart, to be drawn before its lines. The upright axis may go without rules. */
export function axes(
  { left, right, bottom }: Frame,
  x: Axis,
  y: Axis & { readonly ruled: boolean },
): string[] {
  return [
    words(left, 16, y.name, { fill: greys.soft }),
    ...y.ticks.flatMap(({ value, said }) => [
      ...(y.ruled ? [line(left, y.at(value), right, y.at(value), { stroke: greys.rule })] : []),
      words(left - 8, y.at(value) + 4, said, { anchor: 'end', fill: greys.soft }),
    ]),
    ...x.ticks.flatMap(({ value, said }) => [
      line(x.at(value), bottom, x.at(value), bottom + 5, { stroke: greys.soft }),
      words(x.at(value), bottom + 19, said, { anchor: 'middle', fill: greys.soft }),
    ]),
    words(right, bottom + 36, x.name, { anchor: 'end', fill: greys.soft }),
    line(left, bottom, right, bottom, { stroke: greys.ink }),
  ];
}
