import type { Verdict } from '../../core/search/outcome.ts';

/** Below what to look for primes, what their squares are divided by, and after how many operations a program is stopped. */
export interface Below {
  readonly n: number;
  readonly m: number;
  readonly most: number;
}

/** Times the seed's operations that a program may take. */
const patience = 4;

/** Calls the instrumented entry, which answers with what the program did and what it took. */
export function harness(entry: (n: number, m: number, most: number) => unknown, input: Below): unknown {
  // biome-ignore lint/suspicious/noRedundantUseStrict: sent as text; keeps this frame out of a candidate's reach
  'use strict';
  return entry(input.n, input.m, input.most);
}

/** The case for one n and m. */
export function below(n: number, m: number): Below {
  return { n, m, most: patience * seedOperations(n) };
}

/** Score: how often the seed's operations halve, log2(seed / program). `output` is [answer, operations]. */
export function judge({ n, m, most }: Below, output: unknown): Verdict {
  if (!Array.isArray(output) || output.length !== 2) return { invalid: 'expected [answer, operations]' };
  const [answer, operations]: unknown[] = output;
  const sum = primesBelow(n).reduce((all, p) => all + ((p * p) % m), 0);
  if (answer !== sum)
    return {
      invalid: `for n = ${n} and m = ${m} the sum is ${sum}, got ${typeof answer === 'number' ? answer : 'no number'}`,
    };
  // A call and its two arguments are counted before anything is done.
  if (
    !(
      typeof operations === 'number' &&
      Number.isInteger(operations) &&
      operations >= 3 &&
      operations <= 2 * most
    )
  )
    return { invalid: 'expected a count of operations' };
  return {
    score: Math.log2(most / patience / operations),
    measures: { operations: operations / n },
    feedback: `n = ${n}, m = ${m}: ${operations} operations, ${(operations / n).toFixed(2)} for each number`,
  };
}

/** Operations of the seed, added up from its text as the README prices them; `n` is 3 or more. */
export function seedOperations(n: number): number {
  let rounds = 0;
  for (let i = 2; i < n; i++) rounds += Math.max(0, Math.ceil((n - 2 * i) / i));
  const called = 3 + (2 + Math.ceil(n / 8));
  const outer = 1 + 1 + 2 * (n - 1) + 2 * (n - 2);
  const crossing = n - 2 + 2 * (n - 2) + 2 * (rounds + n - 2) + 2 * rounds + rounds;
  const seen = 2 + 1 + 1 + 2 * (n - 2) + 2 * (n - 3);
  const summing = 4 * (n - 3) + 2 * Math.floor((n - 2) / 2) + 4 * (primesBelow(n).length - 1);
  return called + outer + crossing + seen + summing;
}

/** The primes below n. */
export function primesBelow(n: number): number[] {
  const crossed = new Uint8Array(n);
  const primes: number[] = [];
  for (let i = 2; i < n; i++) {
    if (crossed[i]) continue;
    primes.push(i);
    for (let j = i * i; j < n; j += i) crossed[j] = 1;
  }
  return primes;
}
