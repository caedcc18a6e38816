import type { ProblemDraft } from '../../core/search/problem.ts';
import { picture } from './picture.ts';
import { harness, judge, mostTerms, type Product } from './tensor.ts';

/** Multiplications that two 3 by 3 matrices need: AlphaEvolve's <3, 3, 3> (Novikov 2025), over the integers. */
export default {
  name: 'matmul-3x3',
  brief: `Write \`decompose()\` that multiplies 3 by 3 matrices with few multiplications: a list of terms [u, v, w], each three arrays
of 9 whole numbers from -2 to 2 (matrices, row by row), so that for all matrices A and B
  A B = sum over the terms of (sum_k u[k] A[k]) (sum_k v[k] B[k]) w.
The sum must be exact: sum u[a] v[b] w[c] is 1 for a = 3i + j, b = 3j + k, c = 3i + k and 0 elsewhere. The score is minus the
number of terms; a list that is not exact (at most ${mostTerms} terms) scores below all that are, the less the more entries are
wrong. The definition has 27 terms; 23 are known (Laderman), and it is open whether 22 are enough. You have some 2
seconds; \`random(seed)\` of 'atoll/toolbox' gives \`next()\` in [0, 1).`,
  language: 'javascript',
  entry: 'decompose',
  cases: [
    { id: 'n-3', use: 'shown', input: { n: 3 } },
    // A construction has nothing to hold out: the quoted figure is the one that was searched for.
    { id: 'n-3-again', use: 'held-out', input: { n: 3 } },
  ],
  harness,
  judge,
  picture,
  // A good program walks far.
  limits: { wallMs: 6000, cpuMs: 2500, memoryMb: 64, outputBytes: 20_000 },
  // One less than is known: with `--target=-23` the search ends at the best known.
  target: -22,
  show: (score: number) =>
    score >= -mostTerms ? `rank ${-score}` : `${Math.floor(-score) - mostTerms} wrong entries`,
  references: [
    { name: 'the definition', score: -27, source: 'by definition' },
    { name: 'Laderman', score: -23, source: '(Laderman 1976)' },
    { name: 'AlphaEvolve', score: -23, source: '(Novikov 2025)' },
  ],
} satisfies Omit<ProblemDraft<Product, any>, 'seeds'>;
