import type { Verdict } from '../../core/search/outcome.ts';

/** The tensor that multiplies two matrices of n rows and n columns. */
export interface Product {
  readonly n: number;
}

/** A term u v w: (entries of A weighted by u) times (entries of B weighted by v), added to the product as w says. */
export type Term = readonly [u: readonly number[], v: readonly number[], w: readonly number[]];

/** Most terms of a list, and what an inexact one is worse than. */
export const mostTerms = 40;
/** Largest coefficient, up to its sign. */
const largest = 2;

/** Calls `decompose()`. Sent into the sandbox as text. */
export function harness(decompose: () => unknown): unknown {
  // biome-ignore lint/suspicious/noRedundantUseStrict: sent as text; keeps this frame out of a candidate's reach
  'use strict';
  return decompose();
}

/**
 * Score of an exact decomposition: minus the number of its terms, at least -`mostTerms`. Of any other: below that by
 * the number of the tensor's entries that are wrong, and of two with equally many the shorter is better. `output` is a
 * list of terms of three times n^2 whole numbers from -2 to 2.
 */
export function judge({ n }: Product, output: unknown): Verdict {
  if (!isList(output, n * n)) {
    return {
      invalid: `expected at most ${mostTerms} terms [u, v, w], each of ${n * n} whole numbers from -${largest} to ${largest}`,
    };
  }
  const rank = output.length;
  const wrong = wrongEntries(n, output);
  if (wrong === 0) return { score: -rank, measures: { rank, wrong } };
  return {
    score: -(mostTerms + wrong + rank / (mostTerms + 1)),
    measures: { rank, wrong },
    feedback: `${rank} terms, but ${wrong} of ${n ** 6} entries of their sum are not those of the tensor`,
  };
}

/** How many entries of the sum of the terms differ from those of the tensor. Sums stay below 8 `mostTerms`: exact. */
export function wrongEntries(n: number, terms: readonly Term[]): number {
  const size = n * n;
  const sum = new Int32Array(size ** 3);
  for (const [u, v, w] of terms) {
    for (let a = 0; a < size; a++) {
      for (let b = 0; b < size; b++) {
        const weight = u[a]! * v[b]!;
        if (weight === 0) continue;
        for (let c = 0; c < size; c++) sum[(a * size + b) * size + c]! += weight * w[c]!;
      }
    }
  }
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      for (let k = 0; k < n; k++) sum[((i * n + j) * size + j * n + k) * size + i * n + k]! -= 1;
    }
  }
  return sum.reduce((wrong, entry) => wrong + (entry === 0 ? 0 : 1), 0);
}

function isList(output: unknown, size: number): output is Term[] {
  if (!Array.isArray(output) || !(output.length <= mostTerms)) return false;
  return holds(output, output.length, (term) =>
    holds(term, 3, (factor) => holds(factor, size, isCoefficient)),
  );
}

/** Whether a value is an array of that length with no hole, all of it as it should be. */
function holds(value: unknown, length: number, isRight: (each: unknown) => boolean): boolean {
  return Array.isArray(value) && value.length === length && Array.from(value).every(isRight);
}

function isCoefficient(value: unknown): boolean {
  return typeof value === 'number' && Number.isInteger(value) && value >= -largest && value <= largest;
}
