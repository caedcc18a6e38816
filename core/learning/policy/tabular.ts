import { decodeVector, encodeVector } from '../../vector.ts';
import { climb, type Moments } from './adam.ts';
import type { Grammar } from './grammar.ts';
import { addSlopes } from './learn.ts';
import type { Pupil } from './pupil.ts';
import { blankTable, sampler, type Table } from './table.ts';
import { holds, meanOf, metricsOf, type Weighted, weigh, worths } from './teach.ts';

/** The tabular policy as a pupil: one step of Adam for each lesson. */
export const tabular: Pupil = {
  name: 'table',
  policy(grammar, text, version) {
    const { table } = read(grammar, text);
    return { name: 'table', version, grammar, sampler: (random) => sampler(table, random) };
  },
  async learn(grammar, text, groups, before, method) {
    const { table, moments } = read(grammar, text);
    const { taught, held } = weigh(groups, method);
    held.push(...weigh(before, method).held);
    const slopes = new Float64Array(table.weights.length);
    let loss = 0;
    for (const { place, drawn, advantage } of taught) {
      loss -= advantage * addSlopes(table, { place, actions: drawn.actions }, advantage, slopes);
    }
    const climbed = climb(table.weights, slopes, moments, method.rate);
    const old = worths(held, logOf(table));
    const now = worths(held, logOf({ grammar, weights: climbed.weights }));
    return {
      text: written(climbed.weights, climbed.moments),
      heldOut: { before: meanOf(old), after: meanOf(now) },
      promoted: holds(old, now),
      metrics: { loss, ...metricsOf(groups) },
    };
  },
};

function logOf(table: Table): (each: Weighted) => number {
  return ({ place, drawn }) => addSlopes(table, { place, actions: drawn.actions }, 0, noSlopes);
}

const noSlopes = new Float64Array(0);

function read(grammar: Grammar, text: string | undefined): { table: Table; moments: Moments } {
  const blank = blankTable(grammar);
  if (text === undefined) {
    const none = () => new Float32Array(blank.weights.length);
    return { table: blank, moments: { first: none(), second: none(), steps: 0 } };
  }
  const { weights, first, second, steps } = JSON.parse(text);
  return {
    table: { grammar, weights: decodeVector(weights) },
    moments: { first: decodeVector(first), second: decodeVector(second), steps },
  };
}

function written(weights: Float32Array, { first, second, steps }: Moments): string {
  return JSON.stringify({
    weights: encodeVector(weights),
    first: encodeVector(first),
    second: encodeVector(second),
    steps,
  });
}
