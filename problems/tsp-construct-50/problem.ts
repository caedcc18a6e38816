import type { ProblemDraft } from '../../core/search/problem.ts';
import { splits } from '../splits.ts';
import { harness } from './harness.ts';
import { judge, type Tour } from './judge.ts';
import { picture } from './picture.ts';

const name = 'tsp-construct-50';

/** Building a tour of 50 cities node by node with a scoring rule, as in AEL, EoH and ReEvo (Ye 2024). */
export default {
  name,
  brief: `Write \`score(dCur, dStart, mean, sd, nearest, left, second, closest)\` for building a round tour of 50 cities,
uniform in the unit square. The tour starts at city 0. At each step your function is called for every city that was
not yet visited (the candidate), and the candidate of LOWEST score is visited next; ties go to the lowest number.
  dCur     distance from the current city to the candidate
  dStart   distance from the candidate to the start, to which the tour must return
  mean     mean distance from the candidate to the other unvisited cities; 0 if there is none
  sd       standard deviation of those distances; 0 if there is none
  nearest  smallest of those distances; 0 if there is none
  left     share of cities still unvisited: 1 at the first step, 1/49 at the last
  second   second smallest of those distances; equals nearest if there is only one
  closest  smallest dCur of all candidates at this step
Return a number (not NaN). The function must be pure: a fresh load of the program is asked the same questions again, in
another order, and must give the same answers. The score of the program is minus the mean length of the closed tours.`,
  language: 'javascript',
  entry: 'score',
  // Tuned on 48 tours, rules fit those tours: on fresh ones they were worse than those tuned on 160.
  cases: splits<Tour>(name, { shown: 64, scored: 64, validation: 128, 'held-out': 256 }, (random) => {
    // Seven decimals, as the published instances have.
    const coordinate = () => Math.floor(random.next() * 1e7) / 1e7;
    return { points: Array.from({ length: 50 }, () => [coordinate(), coordinate()] as const) };
  }),
  harness,
  judge,
  limits: { wallMs: 3000, cpuMs: 800, memoryMb: 64, outputBytes: 10_000 },
  show: (score: number) => `mean tour length ${(0 - score).toFixed(4)}`,
  picture,
  references: [
    { name: 'nearest neighbour', score: -6.9644, on: 'held-out', source: 'our held-out cases' },
    { name: 'nearest neighbour', score: -6.8919, source: '64 tours of ReEvo (Ye 2024), recomputed' },
    { name: 'ReEvo', score: -6.2888, on: 'held-out', source: 'our held-out cases' },
    { name: 'AEL', score: -6.2469, on: 'held-out', source: 'our held-out cases' },
    { name: 'AEL', score: -6.2331, source: '64 tours of ReEvo (Ye 2024), recomputed' },
    { name: 'ReEvo', score: -6.2269, source: '64 tours of ReEvo (Ye 2024), recomputed' },
    { name: 'optimal tours', score: -5.68458, source: '64 tours of ReEvo, by an exact solver' },
  ],
} satisfies Omit<ProblemDraft<Tour, unknown>, 'seeds'>;
