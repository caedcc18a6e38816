import type { ProblemDraft } from '../../core/search/problem.ts';
import { type CapSet, harness, judge } from './cap-set.ts';
import { picture } from './picture.ts';

/** Large cap sets in Z_3^8 from a priority function and a greedy loop, as FunSearch (Romera-Paredes 2023). */
export default {
  name: 'cap-set-8',
  brief: `Write \`priority(v, n)\` that builds a large cap set: a set of vectors of {0, 1, 2}^n, n = 8, no three of which sum to
the zero vector modulo 3 (no three on a line). Your function is called once for each of the 3^8 = 6561 vectors;
v is an array of n integers in {0, 1, 2}. The vectors are then taken greedily, highest priority first (ties in
lexicographic order), each if the set stays a cap set; one of priority -Infinity is never taken.
Return a number (not NaN). The score is the size of the set. All priorities equal give 256; 512 is known to exist.`,
  language: 'javascript',
  entry: 'priority',
  cases: [
    { id: 'n-8', use: 'scored', input: { n: 8 } },
    // A construction has nothing to hold out: the quoted figure is the one that was searched for.
    { id: 'n-8-again', use: 'held-out', input: { n: 8 } },
  ],
  harness,
  judge,
  limits: { wallMs: 2000, cpuMs: 500, memoryMb: 64, outputBytes: 50_000 },
  target: 512,
  show: (score: number) => `a cap set of ${score} vectors`,
  picture,
  references: [
    { name: 'all priorities equal', score: 256, on: 'held-out', source: 'the cube {0, 1}^8, recomputed' },
    { name: 'best before FunSearch', score: 496, on: 'held-out', source: '(Edel 2004)' },
    { name: 'FunSearch', score: 512, on: 'held-out', source: '(Romera-Paredes 2023), recomputed' },
  ],
} satisfies Omit<ProblemDraft<CapSet, unknown>, 'seeds'>;
