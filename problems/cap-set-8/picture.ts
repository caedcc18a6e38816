import { colours, line, rect, svg, text } from '../svg.ts';
import type { CapSet } from './cap-set.ts';

const margin = 12;
const top = 40;

/** All vectors in a square: the first half of the digits says the row, the second the column; members are dark. */
export function picture({ n }: CapSet, output: readonly number[]): string {
  const side = 3 ** Math.ceil(n / 2);
  const cell = 456 / side;
  const length = side * cell;
  const title = `A cap set of ${output.length} of the ${3 ** n} vectors of {0, 1, 2}^${n}`;
  // Every ninth line is darker, every twenty-seventh darker still: one line fewer for each digit.
  const grid = Array.from({ length: side / 3 + 1 }, (_, k) => {
    const at = 3 * k * cell;
    const [stroke, thick] = k % 9 === 0 ? ['#707070', 1.5] : k % 3 === 0 ? ['#b0b0b0', 1] : ['#e4e4e4', 0.5];
    const look = { stroke: stroke as string, 'stroke-width': thick as number };
    return [
      k % 9 === 0 ? 2 : k % 3 === 0 ? 1 : 0,
      line(margin + at, top, margin + at, top + length, look) +
        line(margin, top + at, margin + length, top + at, look),
    ] as const;
  }).sort(([a], [b]) => a - b);
  const members = output.map((vector) =>
    rect(
      margin + (vector % side) * cell + cell * 0.05,
      top + Math.floor(vector / side) * cell + cell * 0.05,
      cell * 0.9,
      cell * 0.9,
      { fill: colours.blue },
    ),
  );
  const note = 'row: first half of the digits, column: second half, each read in base 3';
  return svg(480, top + length + 34, title, [
    text(margin, 26, title),
    ...grid.map(([, strokes]) => strokes),
    ...members,
    text(margin, top + length + 22, note, { 'font-size': 13 }),
  ]);
}
