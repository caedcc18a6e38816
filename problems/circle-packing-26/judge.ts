import type { Verdict } from '../../core/search/outcome.ts';
import { exactSum } from '../exact.ts';
import { type Circle, inside, overlap } from './exact.ts';

/** How many circles go into the unit square. */
export interface Square {
  readonly circles: number;
}

/** Calls `pack()`. Sent into the sandbox as text. */
export function harness(pack: () => unknown): unknown {
  return pack();
}

/** Score: sum of the radii. `output` holds [x, y, r] of each circle; not the least overlap is tolerated. */
export function judge({ circles }: Square, output: unknown): Verdict {
  if (!Array.isArray(output) || output.length !== circles) return { invalid: `expected ${circles} circles` };
  const packed: Circle[] = [];
  for (const [i, circle] of output.entries()) {
    if (!isCircle(circle)) return { invalid: `circle ${i}: expected [x, y, r], numbers from 0 to 1` };
    if (!inside(circle)) return { invalid: `circle ${i} is not inside the unit square` };
    const rival = packed.findIndex((other) => overlap(circle, other));
    if (rival >= 0) return { invalid: `circles ${rival} and ${i} overlap` };
    packed.push(circle);
  }
  const sum = exactSum(packed.map(([, , r]) => r));
  return { score: sum, measures: { sum } };
}

function isCircle(value: unknown): value is Circle {
  if (!Array.isArray(value) || value.length !== 3) return false;
  for (let k = 0; k < 3; k++) {
    const x: unknown = value[k];
    if (!(typeof x === 'number' && x >= 0 && x <= 1)) return false;
  }
  return true;
}
