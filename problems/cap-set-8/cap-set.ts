import type { Verdict } from '../../core/search/outcome.ts';

/** Dimension of the space Z_3^n, even. */
export interface CapSet {
  readonly n: number;
}

/**
 * Vectors of Z_3^n by number, read as base 3 digits with v[0] first, in the order in which they were taken:
 * highest priority first, ties by number, each if it completes no line (Romera-Paredes 2023). A vector of
 * priority -Infinity is never taken. Throws where the priority is not a number.
 */
export function harness(priority: (v: number[], n: number) => number, input: CapSet): number[] {
  // biome-ignore lint/suspicious/noRedundantUseStrict: sent as text; keeps this frame out of a candidate's reach
  'use strict';
  const { n } = input;
  const half = 3 ** (n / 2);
  const size = half * half;

  const priorities = new Float64Array(size);
  const order: number[] = [];
  for (let number = 0; number < size; number++) {
    const v: number[] = new Array(n);
    for (let k = n - 1, rest = number; k >= 0; k--, rest = Math.floor(rest / 3)) v[k] = rest % 3;
    const answer = priority(v, n);
    if (typeof answer !== 'number' || Number.isNaN(answer)) {
      throw new TypeError(
        `Expected priority of vector ${number} to be a number, got ${typeof answer === 'number' ? 'NaN' : typeof answer}`,
      );
    }
    priorities[number] = answer;
    if (answer !== -Infinity) order.push(number);
  }
  // The difference of two infinities is NaN, which is right here: equal.
  order.sort((a, b) => priorities[b]! - priorities[a]! || a - b);

  // The third point of a line through two, for each half of the digits.
  const third = new Int32Array(size);
  for (let a = 0; a < half; a++) {
    for (let b = 0; b < half; b++) {
      let c = 0;
      for (let power = 1; power < half; power *= 3) {
        c += power * ((6 - (Math.floor(a / power) % 3) - (Math.floor(b / power) % 3)) % 3);
      }
      third[a * half + b] = c;
    }
  }
  const blocked = new Uint8Array(size);
  const taken: number[] = [];
  for (const number of order) {
    if (blocked[number]) continue;
    const high = Math.floor(number / half) * half;
    const low = (number % half) * half;
    for (const other of taken) {
      blocked[third[high + Math.floor(other / half)]! * half + third[low + (other % half)]!] = 1;
    }
    taken.push(number);
  }
  return taken;
}

/** Score: size of the set. `output` lists its vectors by number, each once, in any order. */
export function judge({ n }: CapSet, output: unknown): Verdict {
  const size = 3 ** n;
  if (!Array.isArray(output) || output.length > size)
    return { invalid: 'expected a list of vectors by number' };
  const member = new Uint8Array(size);
  for (const number of output as unknown[]) {
    if (!(typeof number === 'number' && Number.isInteger(number) && number >= 0 && number < size)) {
      return { invalid: `expected vectors to be whole numbers from 0 to ${size - 1}` };
    }
    if (member[number]) return { invalid: `vector ${number} is listed twice` };
    member[number] = 1;
  }
  const vectors = (output as number[]).map((number) => digits(number, n));
  for (let i = 0; i < vectors.length; i++) {
    for (let j = 0; j < i; j++) {
      const third = completes(vectors[i]!, vectors[j]!);
      if (member[third]) return { invalid: `vectors ${output[i]}, ${output[j]} and ${third} are on a line` };
    }
  }
  return { score: output.length, measures: { size: output.length } };
}

/** Base 3 digits, most significant first. */
function digits(number: number, n: number): Uint8Array {
  const v = new Uint8Array(n);
  for (let k = n - 1, rest = number; k >= 0; k--, rest = Math.floor(rest / 3)) v[k] = rest % 3;
  return v;
}

/** Number of the one vector that sums to zero with two others. */
function completes(a: Uint8Array, b: Uint8Array): number {
  let number = 0;
  for (let k = 0; k < a.length; k++) number = number * 3 + ((6 - a[k]! - b[k]!) % 3);
  return number;
}
