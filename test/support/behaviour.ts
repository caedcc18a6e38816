import { runInNewContext } from 'node:vm';
import type { Random } from '../../core/search/random.ts';

/** What two programs come to on the same inputs: whether no output differs by more than one part in a million. */
export function behaveAlike(a: string, b: string, entry: string, inputs: readonly unknown[]): boolean {
  return sameValue(outputs(a, entry, inputs), outputs(b, entry, inputs));
}

/** Inputs to try programs on: made from the given ones by moving their numbers, whole ones to whole ones. */
export function varied(given: readonly (readonly unknown[])[], many: number, random: Random): unknown[] {
  const move = (value: unknown): unknown => {
    if (Array.isArray(value))
      return value.map((each) => (Number.isInteger(each) ? random.int(3) : move(each)));
    if (typeof value !== 'number') return value;
    return Number.isInteger(value) ? random.int(2 * Math.abs(value) + 3) : value * (3 * random.next() - 0.5);
  };
  // The length that goes with an array stays.
  const length = (value: unknown, list: readonly unknown[]) =>
    list.some((each) => Array.isArray(each) && each.length === value);
  return Array.from({ length: many }, (_, i) => {
    const from = given[i % given.length]!;
    return i < given.length ? from : from.map((each) => (length(each, from) ? each : move(each)));
  });
}

function outputs(text: string, entry: string, inputs: readonly unknown[]): unknown {
  const plain = text.replace(/export (const|let|function)/g, '$1');
  const each = `(x) => { try { return ${entry}(...x) } catch (error) { return error.name } }`;
  try {
    return runInNewContext(
      `'use strict'; ${plain}\n;${JSON.stringify(inputs)}.map(${each})`,
      {},
      { timeout: 500 },
    );
  } catch (error) {
    return (error as Error).name;
  }
}

function sameValue(a: unknown, b: unknown): boolean {
  if (typeof a === 'number' && typeof b === 'number')
    return Object.is(a, b) || a === b || Math.abs(a - b) <= 1e-6 * Math.max(Math.abs(a), Math.abs(b));
  if (typeof a !== 'object' || typeof b !== 'object' || !a || !b) return Object.is(a, b);
  const [left, right] = [Object.entries(a), Object.entries(b)];
  return (
    left.length === right.length &&
    left.every(([key, value], i) => key === right[i]![0] && sameValue(value, right[i]![1]))
  );
}
