import { mainFile, sizeOf, withMain } from '../../../search/program.ts';
import type { Random } from '../../../search/random.ts';
import type { Operator, Proposal, Reply, Step, Task } from '../../../search/roles.ts';
import { analyse } from './analysis/analyse.ts';
import type { Analysis, Site } from './analysis/types.ts';
import { put } from './edits.ts';
import { literal } from './expression.ts';
import { product } from './factor.ts';
import { levenbergMarquardt, type Point, type Write } from './levenberg-marquardt.ts';
import { drawLinkUpdate, type LinkUpdate, linkUpdates } from './link-functions.ts';
import { slice } from './swap.ts';
import { findTerm, type Ground, sumOf, type Term } from './term.ts';
import { vocabulary } from './vocabulary.ts';

/** Most terms that one trial adds. */
const mostTerms = 3;

const runs = { least: 80, most: 1500 };

/** For a score that is not known yet. */
const unknown = Number.NEGATIVE_INFINITY;

/**
 * Adds terms to an expression by least squares, where residuals are given: one after the other, then each again given
 * the others (backfitting). They are joined to the expression as a sum, or under a root or in a denominator.
 */
export const regress: Operator = {
  name: 'regress',
  parents: 1,
  runs,
  *propose(task) {
    const parent = task.parents[0]!;
    const program = analyse(mainFile(parent.source).text, task.problem.language, task.problem.entry);
    if (typeof program === 'string') return { malformed: program };
    const site = pick(program, task.random);
    if (!site) return { malformed: 'no number to add anything to' };
    const names = [...new Set(vocabulary(program, site.scope, site.start, task.random).numbers)];
    if (names.length === 0) return { malformed: 'nothing in scope to add' };
    return yield* add(task, program, site, names);
  },
};

/** Draws a numeric site, mostly one that a function returns. */
function pick(program: Analysis, random: Random): Site | undefined {
  const sites = program.sites.filter((each) => each.type === 'number' && each.role === 'plain');
  const returned = sites.filter((each) => each.under.type === 'ReturnStatement');
  const pool = returned.length > 0 && random.next() < 0.75 ? returned : sites;
  return pool.length > 0 ? random.pick(pool) : undefined;
}

function* add(
  task: Task,
  program: Analysis,
  site: Site,
  names: readonly string[],
): Generator<Step, Proposal, Reply> {
  const { random, allowance, maxProgramSize } = task;
  const parent = task.parents[0]!;
  const there = slice(program, site.node);
  const update = drawLinkUpdate(random);
  // Sometimes from scratch, or a wrong law of the parent would be extended forever.
  const fresh = /^-?[\d.]+$/.test(there.text) || random.next() < 0.4;
  const old = fresh ? literal(1) : there;
  const always = fresh ? [literal(1)] : [literal(1), there];
  const writer =
    (by: LinkUpdate) =>
    (terms: readonly Term[]): Write =>
    (weights) => {
      const sum = sumOf([...always, ...terms.map(product)], weights);
      return withMain(parent.source, put(program, site, by(old, sum)));
    };
  const budget = { left: Math.min(runs.most, allowance - 1) };
  const ground: Ground = { write: writer(update), names, random, budget };
  const nothing = { point: always.map(() => 0), score: fresh ? unknown : parent.outcome.score };
  const start = fresh ? yield* fitted([], nothing, ground) : nothing;
  const found = yield* gather({ terms: [], spot: start }, ground);
  if (found.terms.length === 0) return { malformed: 'no term explains much of what is left' };
  const best = fresh ? yield* rebound(found, update, writer, ground) : { ...found, update };
  const source = writer(best.update)(best.terms)(best.spot.point);
  if (sizeOf(source) > maxProgramSize) return { malformed: `longer than ${maxProgramSize} characters` };
  const what = best.terms.map((term) => product(term).text).join(', ');
  return { source, note: `regress: with ${what}, score ${parent.outcome.score} becomes ${best.spot.score}` };
}

/** Terms with fitted weights: first those of the fixed terms, then their own. */
interface Sum {
  readonly terms: readonly Term[];
  readonly spot: Point;
}

/** Adds terms while that raises the score, then looks for each again given the others. */
function* gather(start: Sum, ground: Ground): Generator<Step, Sum, Reply> {
  let sum = start;
  while (sum.terms.length < mostTerms) {
    const longer = yield* extended(sum, [], ground);
    if (!longer) break;
    sum = longer;
  }
  const always = start.spot.point.length;
  for (
    let turn = 0;
    sum.terms.length > 1 && turn < 2 * sum.terms.length && ground.budget.left > 100;
    turn++
  ) {
    const [term, ...others] = sum.terms;
    const blank = { point: [...start.spot.point, ...others].map(() => 0), score: unknown };
    const rest = { terms: others, spot: yield* fitted(others, blank, ground) };
    const again = yield* extended(rest, [term!], ground);
    sum = again && again.spot.score > sum.spot.score ? again : turned(sum, always);
  }
  return sum;
}

/** A sum with one term more, if one is found that raises the score. */
function* extended(
  sum: Sum,
  first: readonly Term[],
  ground: Ground,
): Generator<Step, Sum | undefined, Reply> {
  const term = yield* findTerm(sum.terms, sum.spot, first, ground);
  if (!term) return undefined;
  const terms = [...sum.terms, term];
  const spot = yield* fitted(terms, { point: [...sum.spot.point, 0], score: sum.spot.score }, ground);
  return spot.score > sum.spot.score ? { terms, spot } : undefined;
}

/** The same terms under the update that scores best. */
function* rebound(
  sum: Sum,
  update: LinkUpdate,
  writer: (by: LinkUpdate) => Ground['write'],
  ground: Ground,
): Generator<Step, Sum & { readonly update: LinkUpdate }, Reply> {
  let best = { ...sum, update };
  for (const other of linkUpdates) {
    if (other === update) continue;
    const blank = { point: sum.spot.point.map(() => 0), score: unknown };
    const spot = yield* fitted(sum.terms, blank, { ...ground, write: writer(other) });
    if (spot.score > best.spot.score) best = { ...sum, spot, update: other };
  }
  return best;
}

/** Fits all weights with a few steps. */
function* fitted(
  terms: readonly Term[],
  from: Point,
  { write, budget }: Ground,
): Generator<Step, Point, Reply> {
  const most = Math.min(budget.left, 3 * (from.point.length + 5));
  budget.left -= most;
  return yield* levenbergMarquardt(from, write(terms), most);
}

/** The same sum with its first term last. */
function turned({ terms, spot }: Sum, always: number): Sum {
  const [term, ...others] = terms;
  const [weight, ...weights] = spot.point.slice(always);
  return {
    terms: [...others, term!],
    spot: { point: [...spot.point.slice(0, always), ...weights, weight!], score: spot.score },
  };
}
