/**
 * Are our drivers and judges faithful? Published rules on published instances, ours beside the published figure;
 * then what the seeds and those rules earn on our own held-out cases.
 *
 *   node bench/references.ts            (published instances: folder ATOLL_DATA, or ../shared/data)
 */
import { readFileSync } from 'node:fs';
import { runInThisContext } from 'node:vm';
import { scriptOf } from '../core/languages/javascript/script/module.ts';
import { outcomeOf } from '../core/search/outcome.ts';
import { type Case, casesFor } from '../core/search/problem.ts';
import { toolbox } from '../evaluators/javascript/library.ts';
import autocorrelation from '../problems/autocorrelation-1/problem.ts';
import { judge as judgePacking, type Packing, harness as pack } from '../problems/bin-packing.ts';
import binPackingOr3 from '../problems/bin-packing-or3/problem.ts';
import binPackingWeibull from '../problems/bin-packing-weibull/problem.ts';
import capSet from '../problems/cap-set-8/problem.ts';
import { judge as judgeCircles } from '../problems/circle-packing-26/judge.ts';
import circlePacking from '../problems/circle-packing-26/problem.ts';
import erdosOverlap from '../problems/erdos-overlap/problem.ts';
import heilbronn from '../problems/heilbronn-triangle-11/problem.ts';
import minmaxRatio from '../problems/minmax-ratio-16/problem.ts';
import { laws } from '../problems/symbolic-regression/laws.ts';
import { variants } from '../problems/symbolic-regression/problem.ts';
import { harness as tour } from '../problems/tsp-construct-50/harness.ts';
import { judge as judgeTour } from '../problems/tsp-construct-50/judge.ts';
import tsp from '../problems/tsp-construct-50/problem.ts';
import {
  ael,
  firstFit,
  funSearchCapSet,
  funSearchOr3,
  gridOfCircles,
  reevo,
} from '../test/support/published-rules.ts';
import { asCases, published as publishedFile } from './published.ts';

const seed = (name: string) => import(new URL(`../problems/${name}/seed.js`, import.meta.url).href);
const { priority: bestFit } = await seed('bin-packing-or3');
const { priority: constant } = await seed('cap-set-8');
const { score: nearestNeighbour } = await seed('tsp-construct-50');

/** The entry of a seed that imports the toolbox, linked as the sandbox links it. */
function linked(name: string, entry: string): any {
  const text = readFileSync(new URL(`../problems/${name}/seed.js`, import.meta.url), 'utf8');
  const made = scriptOf({ 'seed.js': text }, 'javascript', entry, toolbox);
  if ('refused' in made) throw new Error(made.refused);
  return runInThisContext(made.script);
}

/** A published file, or undefined where it is not at hand. */
function published(file: string): any {
  const data = publishedFile(file);
  if (!data) console.log(`${file} is absent: set ATOLL_DATA to a folder that holds it`);
  return data;
}

function line(what: string, ours: number, theirs: string, digits: number): void {
  console.log(`${what.padEnd(58)} ${ours.toFixed(digits).padStart(14)}   ${theirs}`);
}

/** Outcome of a rule on cases, as an evaluation would have it, and the milliseconds it took. */
function evaluate(problem: Pick<AnyProblem, 'harness' | 'judge'>, rule: any, cases: readonly Case<any>[]) {
  const start = performance.now();
  const verdicts = cases.map(({ id, input }) => ({
    case: id,
    ...problem.judge(input, JSON.parse(JSON.stringify(problem.harness(rule, input)))),
  }));
  const milliseconds = performance.now() - start;
  const outcome = outcomeOf(verdicts);
  if (outcome.status !== 'scored') throw new Error(outcome.feedback);
  return { ...outcome, milliseconds };
}

interface AnyProblem {
  readonly name: string;
  readonly cases: readonly Case<any>[];
  harness(entry: any, input: any): unknown;
  judge(input: any, output: unknown): any;
}

console.log(`${'Published instances'.padEnd(58)} ${'ours'.padStart(14)}   published`);
for (const [file, rules] of [
  [
    'or3.json',
    [
      ['first fit', firstFit, '5.741'],
      ['best fit', bestFit, '5.368'],
      ['FunSearch', funSearchOr3, '3.106'],
    ],
  ],
  [
    'weibull_5k.json',
    [
      ['first fit', firstFit, '4.226'],
      ['best fit', bestFit, '3.984'],
    ],
  ],
] as const) {
  const instances = published(file);
  if (!instances) continue;
  const cases = asCases(Object.values(instances as Record<string, Packing>));
  for (const [name, rule, theirs] of rules) {
    // FunSearch reports the excess of the mean numbers of bins; our score is the mean of the excesses.
    const { score, measures } = evaluate({ harness: pack, judge: judgePacking }, rule, cases);
    line(`${file}: ${name}, % excess of means`, 100 * (measures.bins! / measures.bound! - 1), theirs, 3);
    line(`${file}: ${name}, mean % excess (our score)`, -score, '', 3);
  }
}
for (const [file, theirs] of [
  ['tsp_reevo_test50.json', ['6.8919', '6.2331', '6.2269']],
  ['tsp_reevo_test100.json', ['9.6508', '8.6010', '8.5676']],
] as const) {
  const instances = published(file);
  if (!instances) continue;
  const cases = asCases((instances as [number, number][][]).map((points) => ({ points })));
  for (const [k, [name, rule]] of (
    [
      ['nearest neighbour', nearestNeighbour],
      ['AEL', ael],
      ['ReEvo', reevo],
    ] as const
  ).entries()) {
    line(
      `${file}: ${name}`,
      -evaluate({ harness: tour, judge: judgeTour }, rule, cases).score,
      theirs[k]!,
      4,
    );
  }
}
const packings = published('circle_reference_packings.json') ?? {};
for (const [name, theirs] of [
  ['ae26', '2.63586276'],
  ['ae32', '2.93794453'],
  ['theta_ShinkaEvolve', '2.63598283'],
  ['theta_8B-w_RL@65-Formal', '2.63598308'],
  ['theta_8B-w_RL@65', 'must fail: 1e-6 tolerance'],
] as const) {
  const circles = packings[name];
  if (!circles) continue;
  const verdict = judgeCircles({ circles: circles.length }, circles);
  if ('invalid' in verdict) console.log(`circles: ${name.padEnd(49)} ${verdict.invalid}   ${theirs}`);
  else line(`circles: ${name}`, verdict.score, theirs, 10);
}
line('cap set: FunSearch', evaluate(capSet, funSearchCapSet, capSet.cases.slice(0, 1)).score, '512', 0);
line('cap set: all equal', evaluate(capSet, constant, capSet.cases.slice(0, 1)).score, '256', 0);

console.log(
  `\n${'Our held-out cases'.padEnd(58)} ${'score'.padStart(14)}   ms of one search evaluation, warm`,
);
/** Whose figures differ late. */
const constructions = new Set<unknown>([minmaxRatio, heilbronn, erdosOverlap, autocorrelation]);
const square = Array.from({ length: 16 }, (_, i) => [i % 4, Math.floor(i / 4)]);
const law = laws.findIndex(({ id }) => id === 'velocity-addition');
for (const [problem, name, rule] of [
  [binPackingOr3, 'first fit', firstFit],
  [binPackingOr3, 'best fit (seed)', bestFit],
  [binPackingOr3, 'FunSearch', funSearchOr3],
  [binPackingWeibull, 'first fit', firstFit],
  [binPackingWeibull, 'best fit (seed)', bestFit],
  [tsp, 'nearest neighbour (seed)', nearestNeighbour],
  [tsp, 'AEL', ael],
  [tsp, 'ReEvo', reevo],
  [circlePacking, '5 by 5 grid and one', gridOfCircles],
  [circlePacking, 'one descent (seed)', linked('circle-packing-26', 'pack')],
  [minmaxRatio, '4 by 4 grid', () => square],
  [minmaxRatio, 'bent grid, relaxed (seed)', linked('minmax-ratio-16', 'points')],
  [heilbronn, 'twelve kicks, relaxed (seed)', linked('heilbronn-triangle-11', 'points')],
  [erdosOverlap, 'h = 1/2', () => [0.5]],
  [erdosOverlap, 'two steps of Haugland', () => [1 / 3, 2 / 3]],
  [erdosOverlap, '30 steps, relaxed (seed)', linked('erdos-overlap', 'heights')],
  [autocorrelation, 'f = 1', () => [1]],
  [autocorrelation, '30 steps, relaxed (seed)', linked('autocorrelation-1', 'heights')],
  [capSet, 'all equal (seed)', constant],
  [capSet, 'FunSearch', funSearchCapSet],
  [variants[law]!, 'constant (seed)', () => 1],
  [variants[law]!, 'the law', laws[law]!.value],
] as [AnyProblem, string, any][]) {
  const times = Array.from(
    { length: 7 },
    () => evaluate(problem, rule, casesFor(problem, 'scored')).milliseconds,
  );
  line(
    `${problem.name}: ${name}`,
    evaluate(problem, rule, casesFor(problem, 'held-out')).score,
    Math.min(...times).toFixed(1),
    constructions.has(problem) ? 10 : 4,
  );
}
