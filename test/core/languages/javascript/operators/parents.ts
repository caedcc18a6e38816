import type { Dialect } from '../../../../../core/languages/javascript/parse.ts';
import { seedArm } from '../../../../../core/search/arm.ts';
import type { Elite } from '../../../../../core/search/program.ts';

/** Programs to breed from, with inputs to run the children on. */
export interface Parent {
  readonly text: string;
  readonly language: Dialect;
  readonly entry: string;
  readonly inputs: readonly (readonly unknown[])[];
}

const program = (
  entry: string,
  inputs: Parent['inputs'],
  text: string,
  language: Dialect = 'javascript',
): Parent => ({
  text,
  language,
  entry,
  inputs,
});

const binPacking = [
  [10, 100, 150],
  [99, 99, 150],
  [3, 17, 20],
];
const vector = [
  [[0, 1, 2, 2, 1, 0, 1, 2], 8],
  [[0, 0, 0, 0, 0, 0, 0, 0], 8],
];

export const parents: Readonly<Record<string, Parent>> = {
  binPacking: program(
    'priority',
    binPacking,
    `// EVOLVE-BLOCK-START
/** Best fit: the fullest bin that has room. */
export function priority(item, remaining, capacity) {
  return item - remaining;
}
// EVOLVE-BLOCK-END
`,
  ),
  rules: program(
    'priority',
    binPacking,
    `// The rest stays: a "comment" with 'quotes'.
const LIMIT = 12;
/* EVOLVE-BLOCK-START */
function gapOf(item, remaining) {
  return remaining - item; // what is left
}

export function priority(item, remaining, capacity) {
  const gap = gapOf(item, remaining);
  if (gap <= 4) return 1000 - gap;
  if (gap >= 40 && remaining !== capacity) return 500 - Math.log(1 + gap) * 2.5;
  return remaining === capacity ? 100 : -(gap ** 2) / LIMIT;
}
/* EVOLVE-BLOCK-END */
`,
  ),
  capSetSeed: program(
    'priority',
    vector,
    `// EVOLVE-BLOCK-START
/** Every vector is as good as any other: the cube {0, 1}^n. */
export function priority(v, n) {
  return 0;
}
// EVOLVE-BLOCK-END
`,
  ),
  capSet: program(
    'priority',
    vector,
    `/** @param {number[]} v  @param {number} n */
export function priority(v, n) {
  let score = 0;
  for (let i = 0; i < n; i++) {
    if (v[i] === v[n - 1 - i]) score += 1.5;
    if (v[i] === 2) { score -= 0.25 * i; continue; }
    score += (v[i] + v[(i + 1) % n]) % 3;
  }
  const twos = v.filter((x) => x === 2).length;
  return score + (twos % 3 === 0 ? 2 : -1);
}
`,
  ),
  tsp: program(
    'score',
    [
      [1, 2, 0.5, 0.2, [0.1, 0.2, 0.3], 5],
      [0.1, 1.2, 0.4, 0.1, [0.3], 1],
    ],
    `export function score(dCur, dStart, mean, sd, nearest, left) {
  let total = 0, weight = 1;
  for (const d of nearest) {
    total += d * weight;
    weight *= 0.5;
  }
  let k = 0;
  while (k < nearest.length && nearest[k] < mean) {
    total -= 0.1 * sd;
    k++;
  }
  return dCur - 0.3 * dStart + (left > 3 ? 0.1 * total : 0);
}
`,
  ),
  regression: program(
    'f',
    [
      [1, 2],
      [-0.5, 3],
    ],
    `export const f = (x, y) => 2.5 * Math.sin(x) + y / (1 + x ** 2) - -1;\n`,
  ),
  circles: program(
    'pack',
    [[]],
    `// EVOLVE-BLOCK-START
/** Centres, the most important first: a 5 by 5 grid, then a gap of it. */
function centres() {
  const points = [];
  for (let row = 0; row < 5; row++) {
    for (let column = 0; column < 5; column++) points.push([0.1 + 0.2 * column, 0.1 + 0.2 * row]);
  }
  points.push([0.2, 0.2]);
  return points;
}

export function pack() {
  const most = 0.1;
  const circles = [];
  for (const [x, y] of centres()) {
    let r = Math.min(most, x, y, 1 - x, 1 - y);
    for (const [a, b, s] of circles) r = Math.min(r, Math.sqrt((x - a) ** 2 + (y - b) ** 2) - s);
    circles.push([x, y, r * (1 - 1e-12)]);
  }
  return circles;
}
// EVOLVE-BLOCK-END
`,
  ),
  typed: program(
    'priority',
    binPacking,
    `interface Bin { readonly gap: number }
const weights: readonly number[] = [0.5, 1, 2];
export function priority(item: number, remaining: number, capacity: number): number {
  const bin: Bin = { gap: remaining - item };
  let sum = 0;
  for (let i = 0; i < weights.length; i++) sum += weights[i]! * bin.gap ** i;
  return -(sum as number) / (capacity satisfies number);
}
`,
    'typescript',
  ),
  windows: program(
    'priority',
    binPacking,
    ['# not code? a comment', '']
      .slice(1)
      .concat([
        '// EVOLVE-BLOCK-START',
        'export function priority(item, remaining, capacity) {',
        '  const gap = remaining - item;',
        '  if (gap < 2) {',
        '    return 10; // tight',
        '  }',
        '  return -gap;',
        '}',
        '// EVOLVE-BLOCK-END',
        'export const version = 1;',
        '',
      ])
      .join('\r\n'),
  ),
  twoRegions: program(
    'f',
    [
      [1, 2],
      [3, -4],
    ],
    `const table = [1, 2, 3];
// EVOLVE-BLOCK-START
const a = 0.5;
function helper(x) { return x * a + table[1]; }
// EVOLVE-BLOCK-END
export function f(x, y) {
  const fixed = x + y;
  // EVOLVE-BLOCK-START
  const inner = helper(fixed) > 2 ? x : y;
  // EVOLVE-BLOCK-END
  return inner + fixed;
}
`,
  ),
  fancy: program(
    'f',
    [
      [{ a: 1, b: [1, 2, 3] }, 2],
      [{ a: -1, b: [0.5] }, 3],
    ],
    `class Acc {
  total = 0;
  add(x) { this.total += x * 2; return this; }
  static of(x) { return new Acc().add(x); }
}
const square = (x) => x * x;
export function f({ a, b }, k = 3) {
  const acc = Acc.of(a);
  const [first, ...rest] = b;
  const scaled = rest.map((x, i) => x * k + i);
  for (const x of scaled) acc.add(square(x) - first);
  switch (k) {
    case 2: { const bonus = 0.5; acc.add(bonus); break; }
    default: acc.add(1);
  }
  try { acc.add(b.length); } catch (e) { return -1; }
  const made = (() => { let n = 1; n += k; return n; })();
  return acc.total + made - (b?.length ?? 0);
}
`,
  ),
};

/** A parent as the archive keeps it. */
export function elite(parent: Parent, id = 'seed-1'): Elite {
  const path = parent.language === 'typescript' ? 'program.ts' : 'program.js';
  const source = { [path]: parent.text };
  const outcome = { status: 'scored', score: 0, measures: {}, verdicts: [], feedback: '' } as const;
  return { id, source, outcome, parents: [], arm: seedArm, size: parent.text.length };
}
