import { colours, rect, svg, text } from '../svg.ts';
import type { Product, Term } from './tensor.ts';

const cell = 9;
const gap = 4;
const columns = 4;

/** Each term as three grids, what is taken from A and from B and where it goes: blue is positive, orange negative. */
export function picture({ n }: Product, terms: readonly Term[]): string {
  const grid = n * cell;
  const wide = 3 * grid + 2 * gap + 3 * gap;
  const high = grid + 2 * gap;
  const top = 24;
  const parts = terms.flatMap((term, t) => {
    const x = gap + (t % columns) * wide;
    const y = top + Math.floor(t / columns) * high;
    return term.flatMap((factor, m) => drawn(factor, n, x + m * (grid + gap), y));
  });
  const rows = Math.max(1, Math.ceil(terms.length / columns));
  const title = `${terms.length} products of matrices of ${n} by ${n}`;
  const words = text(gap, 17, `${terms.length} terms: of A, of B, into the product`, { 'font-size': 13 });
  return svg(columns * wide, top + rows * high, title, [words, ...parts]);
}

function drawn(factor: readonly number[], n: number, x: number, y: number): string[] {
  return factor.map((value, k) =>
    rect(x + (k % n) * cell, y + Math.floor(k / n) * cell, cell - 1, cell - 1, {
      fill: value === 0 ? colours.light : value > 0 ? colours.blue : colours.orange,
      // A coefficient of two has a dark rim.
      ...(Math.abs(value) > 1 ? { stroke: colours.black } : {}),
    }),
  );
}
