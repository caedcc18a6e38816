import type { ProblemDraft } from '../../core/problem.ts';
import { drive, judge, type Square } from './judge.ts';

/** 26 circles in the unit square, largest sum of radii: AlphaEvolve B.12 (Novikov 2025), with no tolerance. */
export default {
  name: 'circle-packing-26',
  brief: `Write \`pack()\` that returns 26 circles [x, y, r] inside the unit square, no two of which overlap, with the largest
possible sum of radii. Circles may touch. The check is exact rational arithmetic on the doubles you return, with no
tolerance at all, so leave a margin such as 1e-12. No randomness or clock is available; you have some 2 seconds.
A 5 by 5 grid and one small circle give 2.5414; 2.63598308 is the best known.`,
  language: 'javascript',
  entry: 'pack',
  cases: [
    { id: 'n-26', use: 'scored', input: { circles: 26 } },
    // A construction has nothing to hold out: the figure that is quoted is the one that was searched for.
    { id: 'n-26-again', use: 'held-out', input: { circles: 26 } },
  ],
  drive,
  judge,
  // Unlike the other problems, a good program computes: it may hold an optimiser.
  limits: { wallMs: 6000, cpuMs: 2500, memoryMb: 64, outputBytes: 10_000 },
  // Not proved best, but from here on a gain is below 1e-8: the same packing, drawn more finely.
  target: 2.635983077,
  show: (score: number) => `sum of radii ${score.toFixed(8)}`,
  references: [
    { name: '5 by 5 grid and one', score: 2.5414, on: 'held-out', source: 'by hand' },
    {
      name: 'AlphaEvolve',
      score: 2.6358627564,
      on: 'held-out',
      source: '(Novikov 2025), recomputed with no tolerance',
    },
    {
      name: 'ShinkaEvolve',
      score: 2.6359828266,
      on: 'held-out',
      source: '(Lange 2025), recomputed with no tolerance',
    },
    {
      name: 'ThetaEvolve',
      score: 2.6359830774,
      on: 'held-out',
      source: '(Wang 2025), recomputed with no tolerance',
    },
  ],
} satisfies Omit<ProblemDraft<Square, unknown>, 'seeds'>;
