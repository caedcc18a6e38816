import { readFileSync } from 'node:fs';
import { eratosthenes } from '../../support/sieves.ts';
import * as slow from './slow.ts';

/** How a problem is attacked. */
export interface Target {
  /** An honest program in the problem's language: attacks stand beside it and are measured by it. */
  readonly honest: string;
  /** What its entry gives to one case (of `made` ones to the only one), to be spoilt. */
  readonly sample?: unknown;
  /** `made`: returns a construction. `number`: returns a number that only ranks. `value`: what it returns is judged. */
  readonly kind: 'made' | 'number' | 'value' | 'counted';
  /** No output of a case can be worth more: proved, or (where nothing near is proved) the best that anybody has found. */
  readonly ceiling: (input: any) => number;
  /** Judges once more by other means. */
  readonly slow?: (input: any) => (output: any) => number | undefined;
  /** What a constant may be worth, where the language of the problem lets it be an answer. */
  readonly constant?: number;
}

const made = (entry: string, sample: unknown) =>
  `export function ${entry}() { return ${JSON.stringify(sample)}; }`;
const grid = (n: number) => Array.from({ length: n * n }, (_, k) => [k % n, Math.floor(k / n)] as const);

const circles = [...grid(5).map(([x, y]) => [0.1 + 0.2 * x, 0.1 + 0.2 * y, 0.0999999]), [0.2, 0.2, 0.04]];
const points = grid(4).map(([x, y]) => [x, y]);
const parabola = Array.from({ length: 11 }, (_, k) => [(k + 1) / 16, ((k + 1) / 16) ** 2 / 2]);
const overlap = [0, 0.25, 0.75, 1, 1, 1, 0.75, 0.25, 0, 0.5];
const hill = [1, 0.5, 0.25, 0.5, 0.75, 1, 1.5];
const unit = (k: number) => Array.from({ length: 9 }, (_, i) => (i === k ? 1 : 0));
const terms = grid(3).flatMap(([i, j]) =>
  [0, 1, 2].map((k) => [unit(3 * i + j), unit(3 * j + k), unit(3 * i + k)]),
);

const solutions = readFileSync(new URL('../../fixtures/solutions.js', import.meta.url), 'utf8');

/** Half of the way from each city to its two nearest: no round tour is shorter. */
function shortest({ points }: { points: readonly (readonly [number, number])[] }): number {
  return points.reduce((sum, [x, y]) => {
    const near = points.map(([a, b]) => Math.hypot(a - x, b - y)).sort((a, b) => a - b);
    return sum + (near[1]! + near[2]!) / 2;
  }, 0);
}

const packing: Target = {
  kind: 'number',
  honest: 'export function priority(item, remaining) { return -remaining; }',
  ceiling: () => 0,
  slow: slow.packing,
};

/** One entry for each problem that comes with Atoll. */
export const targets: Readonly<Record<string, Target>> = {
  'bin-packing-or3': packing,
  'bin-packing-weibull': packing,
  'tsp-construct-50': {
    kind: 'number',
    honest: 'export function score(dCur) { return dCur; }',
    ceiling: (input) => -shortest(input),
    slow: slow.tour,
  },
  'cap-set-8': {
    kind: 'number',
    honest: 'export function priority(v) { return v[0] - 0.5 * v[1]; }',
    // A cap set of seven dimensions has at most 291 vectors (Potechin), and eight are three of seven.
    ceiling: () => 3 * 291,
    slow: () => slow.capSet,
  },
  'symbolic-regression': {
    kind: 'value',
    honest: 'export function f(u, v, c) { return (u + v) / (1 + (u * v) / (c * c)); }',
    ceiling: () => 12,
    constant: 0,
  },
  'humaneval-js-20': { kind: 'value', honest: solutions, ceiling: () => 1, constant: 0.25 },
  'circle-packing-26': {
    kind: 'made',
    honest: made('pack', circles),
    sample: circles,
    ceiling: () => 2.635983078,
    slow: () => slow.circles,
  },
  'minmax-ratio-16': {
    kind: 'made',
    honest: made('points', points),
    sample: points,
    ceiling: () => -12.8892299,
    slow: () => slow.ratio,
  },
  'heilbronn-triangle-11': {
    kind: 'made',
    honest: made('points', parabola),
    sample: parabola,
    ceiling: () => 0.03652989,
    slow: () => slow.triangles,
  },
  'erdos-overlap': {
    kind: 'made',
    honest: made('heights', overlap),
    sample: overlap,
    // Proved by White.
    ceiling: () => -0.379005,
    slow: () => slow.overlaps,
  },
  'autocorrelation-1': {
    kind: 'made',
    honest: made('heights', hill),
    sample: hill,
    // Proved by Cloninger and Steinerberger.
    ceiling: () => -1.28,
    slow: () => slow.peak,
  },
  'matmul-3x3': {
    kind: 'made',
    honest: made('decompose', terms),
    sample: terms,
    // Proved by Bläser.
    ceiling: () => -19,
    slow: () => slow.products,
  },
  // A call and its two arguments are three operations.
  'kernel-speed': { kind: 'counted', honest: eratosthenes, ceiling: ({ most }) => Math.log2(most / 4 / 3) },
};
