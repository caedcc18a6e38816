import type { ProblemDraft } from '../../core/search/problem.ts';
import { harness } from '../plane.ts';
import { type Corner, judge } from './judge.ts';
import { picture } from './picture.ts';

const input: Corner = { points: 11 };

/** 11 points in a triangle, no three of which form a small one: AlphaEvolve B.9 (Novikov 2025). */
export default {
  name: 'heilbronn-triangle-11',
  brief: `Write \`points()\` that returns 11 points [x, y] in the triangle (0, 0), (1, 0), (0, 1): x >= 0, y >= 0 and x + y <= 1,
checked exactly, with no tolerance. The score is the smallest area of the 165 triangles that they form, as a share of the big
triangle's area, and should be largest. No clock is available and \`Math.random\` is the same each time; you have some 2 seconds.
\`atoll/toolbox\` may be imported: \`augmented(problem, start, options)\` minimises under constraints. 0.0365298899 is the best known.`,
  language: 'javascript',
  entry: 'points',
  cases: [
    { id: 'n-11', use: 'shown', input },
    // A construction has nothing to hold out: the quoted figure is the one that was searched for.
    { id: 'n-11-again', use: 'held-out', input },
  ],
  harness,
  judge,
  picture,
  limits: { wallMs: 6000, cpuMs: 2500, memoryMb: 64, outputBytes: 10_000 },
  target: 0.036529889,
  show: (score: number) => `smallest triangle ${score.toFixed(8)}`,
  references: [{ name: 'AlphaEvolve', score: 0.0365298899, source: '(Novikov 2025)' }],
} satisfies Omit<ProblemDraft<Corner, unknown>, 'seeds'>;
