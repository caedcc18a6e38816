import type { ProblemDraft } from '../../core/search/problem.ts';
import { harness } from '../steps.ts';
import { judge, type Steps } from './judge.ts';
import { picture } from './picture.ts';

const input: Steps = { most: 200, highest: 1000, sum: 1 };

/** A step function whose convolution with itself has a low peak: AlphaEvolve B.1 (Novikov 2025). */
export default {
  name: 'autocorrelation-1',
  brief: `Write \`heights()\` that returns 1 to 200 numbers from 0 to 1000, of sum 1 or more: the heights f of a step function on n equal
steps, n as you like. The bound 2 n max(f*f) / (sum f)^2, where (f*f)_k = sum_i f_i f_{k-i}, is computed exactly; it should be least, and
the score is minus it. No clock is available and \`Math.random\` is the same each time; you have some 4 seconds. \`atoll/toolbox\` may be
imported: \`augmented(problem, start, options)\` minimises under constraints. f = 1 gives 2; AlphaEvolve 1.505294 with 600 steps;
1.50680 is known for 200.`,
  language: 'javascript',
  entry: 'heights',
  cases: [
    { id: 'peak', use: 'shown', input },
    // A construction has nothing to hold out: the quoted figure is the one that was searched for.
    { id: 'peak-again', use: 'held-out', input },
  ],
  harness,
  judge,
  picture,
  limits: { wallMs: 20_000, cpuMs: 4000, memoryMb: 64, outputBytes: 10_000 },
  show: (score: number) => `bound ${(-score).toFixed(8)}`,
  references: [
    { name: 'f = 1', score: -2, source: 'by hand' },
    { name: 'Matolcsi and Vinuesa', score: -1.50972, source: '(Matolcsi 2010), as quoted by (Novikov 2025)' },
    { name: 'AlphaEvolve', score: -1.50529397, source: '(Novikov 2025), 600 steps' },
    { name: 'CodexProLong', score: -1.5027436492, source: 'Einstein Arena, August 2026, 600 steps or more' },
  ],
} satisfies Omit<ProblemDraft<Steps, unknown>, 'seeds'>;
