import type { ProblemDraft } from '../../core/search/problem.ts';
import type { Random } from '../../core/search/random.ts';
import { harness, judge, limits, type Packing, rules, show } from '../bin-packing.ts';
import { picture } from '../bin-packing-picture.ts';
import { splits } from '../splits.ts';

const name = 'bin-packing-weibull';

/** Online bin packing of 5,000 items of Weibull sizes, as FunSearch's Weibull 5k (Romera-Paredes 2023). */
export default {
  name,
  brief: `${rules}\nThere are 5,000 items; sizes are Weibull with shape 3 and scale 45, rounded, from 1 to 100; capacity 100.`,
  language: 'javascript',
  entry: 'priority',
  cases: splits<Packing>(name, { shown: 4, scored: 2, validation: 4, 'held-out': 10 }, (random) => ({
    capacity: 100,
    items: Array.from({ length: 5000 }, () => weibullSize(random)),
  })),
  harness,
  judge,
  limits,
  show,
  picture,
  references: [
    { name: 'first fit', score: -4.4814, on: 'held-out', source: 'our held-out cases' },
    { name: 'first fit', score: -4.226, source: 'Weibull 5k, recomputed' },
    { name: 'best fit', score: -4.1188, on: 'held-out', source: 'our held-out cases' },
    { name: 'best fit', score: -3.984, source: 'Weibull 5k (Romera-Paredes 2023), recomputed' },
    {
      name: 'FunSearch',
      score: -0.684,
      source: 'Weibull 5k (Romera-Paredes 2023); its rule also sees the neighbouring bins',
    },
  ],
} satisfies Omit<ProblemDraft<Packing, unknown>, 'seeds'>;

/** Shape 3, scale 45, rounded to a whole number and clipped to [1, 100]; by inversion. */
function weibullSize(random: Random): number {
  const size = Math.round(45 * Math.cbrt(-Math.log(1 - random.next())));
  return Math.min(100, Math.max(1, size));
}
