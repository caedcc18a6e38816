import type { ProblemDraft } from '../../core/search/problem.ts';
import { harness, judge, limits, type Packing, rules, show } from '../bin-packing.ts';
import { picture } from '../bin-packing-picture.ts';
import { splits } from '../splits.ts';

const name = 'bin-packing-or3';

/** Online bin packing of items like those of the OR-Library's u500 (Falkenauer 1996, FunSearch's OR3). */
export default {
  name,
  brief: `${rules}\nThere are 500 items of size 20 to 100, uniform; capacity 150.`,
  language: 'javascript',
  entry: 'priority',
  cases: splits<Packing>(name, { shown: 30, scored: 30, validation: 60, 'held-out': 60 }, (random) => ({
    capacity: 150,
    items: Array.from({ length: 500 }, () => 20 + random.int(81)),
  })),
  harness,
  judge,
  limits,
  show,
  picture,
  references: [
    { name: 'first fit', score: -5.741, source: 'OR3, recomputed' },
    { name: 'first fit', score: -5.5922, on: 'held-out', source: 'our held-out cases' },
    { name: 'best fit', score: -5.368, source: 'OR3 (Romera-Paredes 2023), recomputed' },
    { name: 'best fit', score: -5.1363, on: 'held-out', source: 'our held-out cases' },
    { name: 'FunSearch', score: -3.106, source: 'OR3 (Romera-Paredes 2023), recomputed' },
    { name: 'FunSearch', score: -3.026, on: 'held-out', source: 'our held-out cases' },
  ],
} satisfies Omit<ProblemDraft<Packing, unknown>, 'seeds'>;
