import type { ProblemDraft } from '../../core/search/problem.ts';
import { harness } from '../plane.ts';
import { judge, type Scatter } from './judge.ts';
import { picture } from './picture.ts';

const input: Scatter = { points: 16, reach: 1000, apart: 1e-3 };

/** 16 points of the plane whose distances differ least: AlphaEvolve B.8 (Novikov 2025). */
export default {
  name: 'minmax-ratio-16',
  brief: `Write \`points()\` that returns 16 points [x, y] of the plane such that the largest distance of two of them, over the
smallest one, is least; the score is minus the square of this ratio, computed exactly. Coordinates are from -1000 to 1000 and no two
points closer than 0.001. No clock is available and \`Math.random\` is the same each time; you have some 2 seconds.
\`atoll/toolbox\` may be imported: \`augmented(problem, start, options)\` minimises under constraints. A 4 by 4 grid gives 18;
12.88922991 is the best known.`,
  language: 'javascript',
  entry: 'points',
  cases: [
    { id: 'n-16', use: 'shown', input },
    // A construction has nothing to hold out: the quoted figure is the one that was searched for.
    { id: 'n-16-again', use: 'held-out', input },
  ],
  harness,
  judge,
  picture,
  limits: { wallMs: 6000, cpuMs: 2500, memoryMb: 64, outputBytes: 10_000 },
  // Not proved best, but no better value is known: from here on a gain is below 2e-8.
  target: -12.88922992,
  show: (score: number) => `squared ratio ${(-score).toFixed(8)}`,
  references: [
    { name: '4 by 4 grid', score: -18, source: 'by hand' },
    { name: 'AlphaEvolve', score: -12.88926611, source: '(Novikov 2025)' },
    { name: 'LoongFlow', score: -12.88924355, source: 'its repository, read in 2026' },
    { name: 'Einstein Arena', score: -12.8892299077, source: 'its leader, August 2026' },
  ],
} satisfies Omit<ProblemDraft<Scatter, unknown>, 'seeds'>;
