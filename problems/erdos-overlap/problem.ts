import type { ProblemDraft } from '../../core/search/problem.ts';
import { harness } from '../steps.ts';
import { judge, type Steps } from './judge.ts';
import { picture } from './picture.ts';

const input: Steps = { most: 200 };

/** A step function that overlaps least with what it lacks: the minimum overlap problem of Erdos, AlphaEvolve B.5 (Novikov 2025). */
export default {
  name: 'erdos-overlap',
  brief: `Write \`heights()\` that returns 1 to 200 numbers from 0 to 1: the heights h of a step function on n equal steps, n as you
like. They are scaled to the sum n/2, and then the largest overlap over all shifts k, 2/n sum_i h_i (1 - h_{i+k}) over those i for which
both are steps, is computed exactly; it should be least, and the score is minus it. No clock is available and \`Math.random\` is the same
each time; you have some 4 seconds. \`atoll/toolbox\` may be imported: \`augmented(problem, start, options)\` minimises under
constraints. h = 1/2 gives 0.5; Haugland's 51 steps 0.380927; AlphaEvolve 0.380923; the best known, with more steps, 0.380859.`,
  language: 'javascript',
  entry: 'heights',
  cases: [
    { id: 'overlap', use: 'shown', input },
    // A construction has nothing to hold out: the quoted figure is the one that was searched for.
    { id: 'overlap-again', use: 'held-out', input },
  ],
  harness,
  judge,
  picture,
  limits: { wallMs: 20_000, cpuMs: 4000, memoryMb: 64, outputBytes: 10_000 },
  show: (score: number) => `bound ${(-score).toFixed(8)}`,
  references: [
    { name: 'h = 1/2', score: -0.5, source: 'by hand' },
    { name: 'Haugland', score: -0.38200299, source: '(Haugland 1996), 21 steps' },
    { name: 'Haugland', score: -0.38092685, source: '(Haugland 2016), 51 steps' },
    { name: 'AlphaEvolve', score: -0.38092304, source: '(Novikov 2025)' },
    { name: 'CodexProLong', score: -0.3808585749, source: 'Einstein Arena, August 2026' },
  ],
} satisfies Omit<ProblemDraft<Steps, unknown>, 'seeds'>;
