import { applyEdits } from '../../code/edit.ts';
import { mainFile, sizeOf, withMain } from '../../program.ts';
import type { Random } from '../../random.ts';
import type { Operator, Proposal, Reply, Step, Task } from '../../roles.ts';
import { drawBond } from './bond.ts';
import { descend, type Spot, slopesAt, type Write } from './descend.ts';
import { type Expression, join, literal, wrap } from './expression.ts';
import { type Factor, factor, product } from './feature.ts';
import type { Slopes } from './normal.ts';
import { explained } from './normal.ts';
import { type Outline, outline, type Site } from './outline.ts';
import { slice } from './swap.ts';
import { vocabulary } from './vocabulary.ts';

/** New terms tried at a time, most times they grow by a factor, those that go on, and terms that one trial adds. */
const fresh = 16;
const rounds = 6;
const kept = 3;
const stages = 3;
/** Share of the squares that are left that a term must explain. */
const worth = 0.1;

const runsOf = { least: 60, most: 360 };

/**
 * Adds terms to an expression by least squares, where residuals are given. Terms grow factor by factor: of many small
 * ones those go on that explain most of what is left, each with another factor. The few that do best together are then
 * joined to the expression, as a sum or where a sum hides under a root or in a denominator.
 */
export const regress: Operator = {
  name: 'regress',
  parents: 1,
  runs: runsOf,
  *propose(task) {
    const parent = task.parents[0]!;
    const program = outline(mainFile(parent.source).text, task.problem.language, task.problem.entry);
    if (typeof program === 'string') return { malformed: program };
    const site = pick(program, task.random);
    if (!site) return { malformed: 'no number to add anything to' };
    const names = [...new Set(vocabulary(program, site.scope, site.start, task.random).numbers)];
    if (names.length === 0) return { malformed: 'nothing in scope to add' };
    return yield* grow(task, program, site, names);
  },
};

/** A number, mostly one that a function returns. */
function pick(program: Outline, random: Random): Site | undefined {
  const sites = program.sites.filter((each) => each.type === 'number' && each.role === 'plain');
  const returned = sites.filter((each) => each.under.type === 'ReturnStatement');
  const pool = returned.length > 0 && random.next() < 0.75 ? returned : sites;
  return pool.length > 0 ? random.pick(pool) : undefined;
}

type Term = readonly Factor[];

function* grow(
  task: Task,
  program: Outline,
  site: Site,
  names: readonly string[],
): Generator<Step, Proposal, Reply> {
  const parent = task.parents[0]!;
  const bond = drawBond(task.random);
  const there = slice(program, site.node);
  // From the start now and then, or whatever a parent took for the law would be built upon for ever.
  const anew = isNumber(there) || task.random.next() < 0.4;
  const old = anew ? literal(1) : there;
  const always = anew ? [literal(1)] : [literal(1), there];
  const writer = (terms: readonly Term[]): Write => {
    const all = [...always, ...terms.map(product)];
    return (weights) => withMain(parent.source, written(program, site, bond(old, sumOf(all, weights))));
  };
  let left = Math.min(runsOf.most, task.allowance - 1);
  let sum: readonly Term[] = [];
  let best: Spot = {
    point: always.map(() => 0),
    score: anew ? Number.NEGATIVE_INFINITY : parent.outcome.score,
  };
  if (anew) {
    best = yield* descend(best, writer([]), 16);
    left -= 16;
  }
  while (sum.length < stages) {
    const found = yield* findTerm(sum, best, writer, names, left, task.random);
    left -= found.used;
    if (!found.term) break;
    const terms = [...sum, found.term];
    const start: Spot = { point: [...best.point, 0], score: best.score };
    const runs = Math.min(left, 4 * (terms.length + 6));
    const fitted = yield* descend(start, writer(terms), runs);
    left -= runs;
    if (!(fitted.score > best.score)) break;
    sum = terms;
    best = fitted;
  }
  if (sum.length === 0) return { malformed: 'no term explains much of what is left' };
  const source = writer(sum)(best.point);
  if (sizeOf(source) > task.sizeLimit) return { malformed: `longer than ${task.sizeLimit} characters` };
  const what = sum.map((term) => product(term).text).join(', ');
  return { source, note: `regress: with ${what}, score ${parent.outcome.score} becomes ${best.score}` };
}

/** A term that explains much of what a sum leaves, grown factor by factor. */
function* findTerm(
  sum: readonly Term[],
  from: Spot,
  writer: (terms: readonly Term[]) => Write,
  names: readonly string[],
  runs: number,
  random: Random,
): Generator<Step, { readonly term: Term | undefined; readonly used: number }, Reply> {
  let best: Term[] = [];
  let share = worth;
  let used = 0;
  for (let round = 0; round < rounds; round++) {
    const terms = distinct([...best, ...more(best, names, random)]);
    const columns = from.point.length + terms.length;
    if (runs - used < columns + 20) break;
    const point = [...from.point, ...terms.map(() => 0)];
    const slopes: Slopes | undefined = yield* slopesAt(point, writer([...sum, ...terms]));
    used += columns + 1;
    if (!slopes) break;
    const given = from.point.map((_, i) => i);
    const merit = terms.map((_, i) => explained(slopes, given, from.point.length + i));
    const order = merit.map((_, i) => i).sort((a, b) => merit[b]! - merit[a]!);
    const most = merit[order[0]!]!;
    if (!(most > share)) break;
    best = order.slice(0, kept).map((i) => terms[i]!);
    share = most + 0.01 * (1 - most);
  }
  return { term: best[0], used };
}

/** New terms: single factors at first, then one of the best with one factor more, or another in place of one. */
function more(best: readonly Term[], names: readonly string[], random: Random): Term[] {
  return Array.from({ length: fresh }, () => {
    const next = factor(names, random);
    if (best.length === 0 || random.next() < 0.1) return [next];
    const base = best[Math.min(best.length - 1, random.weighted([3, 2, 1]))]!;
    if (random.next() < 0.7) return [...base, next];
    const place = random.int(base.length);
    return base.map((each, i) => (i === place ? next : each));
  });
}

function distinct(terms: readonly Term[]): Term[] {
  return [...new Map(terms.map((term) => [product(term).text, term])).values()];
}

function isNumber({ text }: Expression): boolean {
  return /^-?[\d.]+$/.test(text);
}

/** The weighted sum of those terms whose weight is not 0; just 0 where there is none. */
function sumOf(terms: readonly Expression[], weights: readonly number[]): Expression {
  let sum: Expression | undefined;
  terms.forEach((term, i) => {
    const weight = weights[i]!;
    if (weight === 0) return;
    const scaled = (by: number): Expression =>
      term.text === '1' ? literal(by, 8) : join(literal(by, 8), '*', term);
    sum = sum ? join(sum, weight < 0 ? '-' : '+', scaled(Math.abs(weight))) : scaled(weight);
  });
  return sum ?? literal(0);
}

function written(program: Outline, site: Site, expression: Expression): string {
  return applyEdits(program.text, [{ start: site.start, end: site.end, text: wrap(expression, site.slot) }]);
}
